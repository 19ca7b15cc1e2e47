import { DISCOVERY_QUESTIONS } from '@leadlog/contracts'
import t from 'tap'
import type { LeadDetail } from '../leads/lead.schema.ts'
import { meddicStand } from './meddic-stand.ts'

const field = (value: string | string[]): LeadDetail['fields'][string] => ({
  value,
  evidence: null,
  kind: 'meddic',
  provider: 'rules',
  model: 'rules',
  promptVersion: '1',
  confidence: null,
  extractionId: 'x',
  meetingId: 'm',
  observedAt: '2026-11-18T10:00:00.000Z',
  eventId: 'e'
})
const AT = '2026-11-18T13:00:00.000Z'

void t.test('of a lead that nothing is known of, every part is a gap with its questions', async (t) => {
  const stand = meddicStand({}, { here: {}, before: {} })
  t.ok(stand.every(({ known, hint, questions }) => known === null && hint === null && questions.length > 0))
  const asked = stand.flatMap(({ questions }) => questions.map(({ id }) => id))
  t.same(asked.toSorted(), DISCOVERY_QUESTIONS.map(({ id }) => id).toSorted(), 'no question is left out')
})

void t.test('what a conversation gave closes the gap; what a booking says is a hint', async (t) => {
  const stand = meddicStand(
    { meddicChampion: field('Ada'), painPoints: field(['slow reports', 'lost leads']), meddicRisks: field(' ') },
    { here: {}, before: {} }
  )
  const of = (part: string) => stand.find((one) => one.part === part)
  t.match(of('champion'), { known: 'Ada', hint: null, questions: [] })
  t.match(of('identifiedPain'), { known: null, hint: 'slow reports; lost leads' })
  t.match(of('risks'), { known: null }, 'white space is nothing')
})

void t.test('a tick stays to be seen when its gap is closed, and an earlier meeting’s is told apart', async (t) => {
  const stand = meddicStand(
    { meddicChampion: field('Ada') },
    { here: { 'champion-who-gains': AT }, before: { 'pain-why-now': AT, 'champion-without-us': AT } }
  )
  const of = (part: string) => stand.find((one) => one.part === part)?.questions
  t.match(of('champion'), [{ id: 'champion-who-gains', tickedAt: AT, askedBefore: null }])
  t.equal(of('champion')?.length, 1)
  t.match(of('identifiedPain'), [
    { id: 'pain-why-now', tickedAt: null, askedBefore: AT },
    { id: 'pain-if-nothing', askedBefore: null }
  ])
})
