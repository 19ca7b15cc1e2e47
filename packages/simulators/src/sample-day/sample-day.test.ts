import t from 'tap'
import { parseJson } from '../json.ts'
import type { CrmLead } from '../crm/crm-lead.ts'
import { seededShuffle } from '../seeded.ts'
import { differencesFrom } from './compare.ts'
import { expectedOf, expectedSampleDay } from './expected.ts'
import writtenDown from './expected.json' with { type: 'json' }
import { sampleDay } from './sample-day.ts'

const day = sampleDay()

interface Body {
  event?: string
  payload?: {
    uri: string
    event: string
    new_invitee: string | null
    old_invitee: string | null
    scheduled_event: { location: { data: { id: number } } }
  }
  request_id?: string
  session_id?: string
  platform_meeting_id?: string
  transcript?: { speaker_blocks: { words: string; start_time: unknown }[] } | null
}

const bodies = day.map(({ body }) => (parseJson(body) ?? {}) as Body)

await t.test('the result is the one that is written down, in any order and however often sent', async (t) => {
  t.strictSame(JSON.parse(JSON.stringify(expectedSampleDay())), writtenDown)
  for (const seed of ['a', 'b', 'c']) {
    t.strictSame(expectedOf(seededShuffle(day, seed)).leads, expectedOf(day).leads)
  }
  t.strictSame(expectedOf([...day, ...day]).leads, expectedOf(day).leads)
})

await t.test('the same options give the same bytes, and signatures carry the time of the attempt', async (t) => {
  t.strictSame(
    sampleDay().map(({ body }) => body),
    day.map(({ body }) => body)
  )
  t.not(sampleDay({ baseDate: '2026-12-01' })[0]?.body, day[0]?.body)
  const [booking] = day
  const now = new Date('2027-01-05T10:00:00.900Z')
  t.match(booking?.headers(now), { 'Calendly-Webhook-Signature': /^t=1799143200,v1=[0-9a-f]{64}$/ })
})

await t.test('a repeat has the same bytes as its first, all others have a key of their own', async (t) => {
  const keys = new Map<string, string>()
  for (const [index, delivery] of day.entries()) {
    const body = bodies[index] ?? {}
    const key = [delivery.path, body.event, body.payload?.uri, body.request_id, delivery.body.length].join(' ')
    if (delivery.expect.repeats === undefined) {
      t.notOk(keys.has(key), delivery.name)
      keys.set(key, delivery.body)
    } else t.equal(keys.get(key), delivery.body, delivery.name)
  }
})

await t.test('the day has the cases that it is for', async (t) => {
  const index = (name: string): number => day.findIndex((delivery) => delivery.name === name)
  t.ok(index('canceled liam') < index('created liam-moved'), 'reschedule, canceled first')
  t.ok(index('created ingrid-moved') < index('canceled ingrid'), 'reschedule, created first')
  t.ok(index('held priya') < index('created priya'), 'transcript before its booking')
  t.ok(index('canceled sofia') < index('created sofia'), 'cancellation before its booking')
  const canceled = bodies[index('canceled liam')]?.payload
  const moved = bodies[index('created liam-moved')]?.payload
  t.equal(canceled?.new_invitee, moved?.uri)
  t.equal(moved?.old_invitee, canceled?.uri)
  t.not(moved?.event, canceled?.event)
  t.equal(bodies[index('held liam')]?.platform_meeting_id, String(moved?.scheduled_event.location.data.id))
  t.not(bodies[index('pushed-again william')]?.request_id, bodies[index('held william')]?.request_id)
  t.equal(bodies[index('pushed-again william')]?.session_id, bodies[index('held william')]?.session_id)
})

await t.test('transcripts are conversations of a plausible size, and one is long enough to be sampled', async (t) => {
  const sizes = day.flatMap((delivery, index) => {
    const blocks = bodies[index]?.transcript?.speaker_blocks
    return blocks === undefined ? [] : [{ name: delivery.name, blocks }]
  })
  const whole = sizes.filter(({ name }) => !/noah|guest|wrong/.test(name))
  for (const { name, blocks } of whole)
    t.ok(blocks.length >= 15 && blocks.length <= 40, `${name}: ${blocks.length} blocks`)
  const characters = whole.map(({ blocks }) => blocks.reduce((sum, { words }) => sum + words.length, 0))
  t.equal(characters.filter((size) => size > 15_000).length, 1)
  t.ok(
    whole.some(({ blocks }) => typeof blocks[0]?.start_time === 'string'),
    'one has its times as text'
  )
})

await t.test('a CRM is compared with the expected result point by point', async (t) => {
  const expected = expectedSampleDay()
  const leads = expected.leads.map((lead, index): CrmLead => ({
    crm: 'zoho',
    id: String(index),
    email: lead.email,
    firstName: lead.firstName,
    lastName: lead.lastName,
    company: lead.company ?? null,
    status: lead.leadStatus,
    demoDate: lead.demoDate?.replace('.000Z', '+00:00') ?? null,
    teamSize: null,
    budget: null,
    painPoints: null,
    need: null,
    useCase: null,
    notes: Array.from({ length: lead.notes.booking + lead.notes.meeting }, () => 'a note')
  }))
  t.strictSame(differencesFrom(expected, leads), [])
  const [first, second, ...others] = leads
  const [other] = others
  if (first === undefined || second === undefined || other === undefined) throw new Error('the day has leads')
  const changed = [
    { ...first, status: 'Demo Booked', demoDate: null, notes: first.notes.slice(1) },
    ...others,
    other,
    { ...first, id: '99', email: 'stranger@x.example' }
  ]
  t.strictSame(differencesFrom(expected, changed), [
    `${first.email}: status is "Demo Booked", not "Demo Complete"`,
    `${first.email}: notes is 1, not 2`,
    `${first.email}: demo date is undefined, not "2026-11-18T14:00:00.000Z"`,
    `${second.email}: has no record`,
    `${other.email}: has 2 records`,
    'stranger@x.example: is not expected'
  ])
})
