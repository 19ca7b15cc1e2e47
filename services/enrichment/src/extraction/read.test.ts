import t from 'tap'
import { ExtractionRejected, MeddicExtracted, MeetingHeld, type DataOf, type NewEvent } from '@leadlog/contracts'
import { createRulesExtractor } from '../extractor/rules-extractor.ts'
import { meddicTask } from '../meddic/prompt.ts'
import { readableMeeting, SUMMARY_ONLY } from '../meddic/readable-meeting.ts'
import { readTranscript } from './read.ts'
import type { TranscriptEvent } from './reading-of.ts'

const START = Date.parse('2026-11-18T16:00:00Z')
const SUMMARY =
  'The customer loses two hundred offers a year because managers forget to follow up. The budget is owned by Nadia Osei, the head of finance. They decide in January.'
const FRAGMENT = 'Our biggest problem is the printer on the second floor.'

const held = (changes: Partial<DataOf<typeof MeetingHeld>>) =>
  ({
    id: 'e1',
    type: MeetingHeld.type,
    data: {
      meetingId: 'm1',
      personId: 'p1',
      sessionId: 's1',
      customer: {
        email: 'marco@northwind.example',
        name: 'Marco Ellison',
        firstName: null,
        lastName: null,
        phone: null,
        timezone: null
      },
      participants: [{ name: 'Marco Ellison', email: 'marco@northwind.example', external: true }],
      title: 'Product demo',
      startedAt: new Date(START).toISOString(),
      endedAt: new Date(START + 1_800_000).toISOString(),
      durationMinutes: 30,
      platform: 'zoom',
      platformMeetingId: null,
      summary: SUMMARY,
      actionItems: ['Send the offer until Friday'],
      keyQuestions: [],
      topics: [],
      transcript: [{ startMs: START, endMs: START + 4_000, speaker: 'Marco Ellison', words: FRAGMENT }],
      reportUrl: null,
      contentDigest: 'd1',
      ...changes
    }
  }) as unknown as TranscriptEvent

const read = (event: TranscriptEvent): Promise<NewEvent> =>
  readTranscript(
    event,
    createRulesExtractor(() => 0)
  )

void t.test('a meeting whose transcript is unusable is read by its summary, which the reading says', async (t) => {
  const result = await read(held({}))
  t.equal(result.definition, MeddicExtracted)
  const { meddic, quality } = result.data as DataOf<typeof MeddicExtracted>
  t.match(quality, { verdict: 'unusable' })
  t.ok(quality.flags.includes(SUMMARY_ONLY))
  t.match(meddic.risks, "from the notetaker's summary")
  t.ok(meddic.evidence.length > 0)
  const notes = `${SUMMARY} Send the offer until Friday`
  for (const { quote } of meddic.evidence) t.ok(notes.includes(quote), quote)
  t.notMatch(JSON.stringify(meddic), /printer/, 'the fragment is no evidence')
  const whole = await read(held({ transcript: wholeTranscript }))
  t.ok(meddic.confidence < (whole.data as DataOf<typeof MeddicExtracted>).meddic.confidence)
})

void t.test('without a summary there is nothing to read', async (t) => {
  for (const summary of [null, '', 'They met.']) {
    const result = await read(held({ summary }))
    t.equal(result.definition, ExtractionRejected)
    t.match(result.data, { code: 'ENRICHMENT_TRANSCRIPT_UNUSABLE' })
  }
})

void t.test('a model gets the notes without the fragments, and is told', async (t) => {
  const readable = readableMeeting(held({}).data)
  if (!readable) throw new Error('it can be read')
  const { user, sources } = meddicTask(readable.meeting, readable.quality)
  t.match(user, /no usable transcript/)
  t.match(user, /loses two hundred offers/)
  t.notMatch([user, ...sources].join(), /printer|Transcript:/)
})

const wholeTranscript = Array.from({ length: 20 }, (_, index) => ({
  startMs: START + index * 88_000,
  endMs: START + index * 88_000 + 80_000,
  speaker: index % 2 === 0 ? 'Dana Whitfield' : 'Marco Ellison',
  words:
    index % 2 === 0
      ? 'What is going wrong today, and who decides about the budget?'
      : `${SUMMARY} That is our biggest problem, and it costs us a lot of money every year, number ${index}.`
}))
