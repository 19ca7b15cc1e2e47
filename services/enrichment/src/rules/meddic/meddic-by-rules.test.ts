import { Meddic, type SpeakerBlock, type TranscriptQuality } from '@leadlog/contracts'
import { Value } from '@sinclair/typebox/value'
import { anyCharacter } from '@leadlog/testing/any-character'
import fc from 'fast-check'
import t from 'tap'
import type { MeetingInput } from '../../meddic/meeting-input.ts'
import { meetingQuality } from '../../meddic/meeting-quality.ts'
import { meetingSources } from '../../meddic/transcript-text.ts'
import { quoteMatcher } from '../../text/quoted-words.ts'
import { meddicByRules } from './meddic-by-rules.ts'
import { freightMeeting } from './meeting.fixture.ts'

const good: TranscriptQuality = {
  verdict: 'good',
  coverage: 0.9,
  longestGapSeconds: 5,
  speakerCount: 2,
  blockCount: 20,
  characterCount: 4_000,
  flags: []
}

/** A meeting of `Dana` (our side) and `Marco` (the customer) with nothing but its transcript. */
function meeting(lines: readonly (readonly [speaker: string, words: string])[], changes: Partial<MeetingInput> = {}) {
  const transcript = lines.map(([speaker, words], at): SpeakerBlock => ({
    startMs: at * 1000,
    endMs: at * 1000 + 900,
    speaker,
    words
  }))
  const notes = { summary: null, actionItems: [], keyQuestions: [], topics: [] }
  return { ...freightMeeting, ...notes, transcript, ...changes }
}

const read = (...lines: (readonly [string, string])[]) => meddicByRules(meeting(lines), good)

void t.test('a demo as people talk', async (t) => {
  t.equal(freightMeeting.transcript.length, 30)
  const quality = meetingQuality(freightMeeting)
  t.match(quality, { verdict: 'good', speakerCount: 3, flags: [] })
  const { evidence, ...parts } = meddicByRules(freightMeeting, quality)
  t.strictSame(parts, {
    metrics:
      'Three or four times a week. Each double booking costs us around 450 dollars, so we lose about 90,000 a year, ' +
      'never mind the angry shippers. If we could cut the double bookings to one a month and get those two hours ' +
      "back, I'd be a happy man.",
    economicBuyer: 'Anything over ten grand goes to Priya, our CFO. She holds the purse, and she signs.',
    decisionCriteria:
      'It has to integrate with McLeod, that one is non-negotiable. And the drivers need to be able to use it on a ' +
      'phone, half of them are over sixty.',
    decisionProcess:
      "We'd run a trial on the night desk first, then Priya wants a one-page business case, then it goes to the " +
      "partners' meeting in January.",
    identifiedPain:
      "Honestly, we dispatch everything by spreadsheet, and it's killing us. Two dispatchers open the same file, one " +
      'overwrites the other, and a truck shows up twice for the same load.',
    champion: "I would. I've been asking for something like this for two years, I'll write the business case myself.",
    competition:
      'We had a demo with Turvo last month. Nice, but it replaces the TMS, so no. And my brother-in-law says he can ' +
      "build something in Access, so there's that.",
    nextSteps:
      'Dana to send pricing for twelve seats and trial access. Talk again on December 1. Send us the pricing for ' +
      "twelve seats and the trial access by Friday, and we'll talk again on December first.",
    risks:
      'Peak season. If we are not live before the spring rush, nobody will have time to learn it. And I worry a ' +
      'little that the older dispatchers just go back to the spreadsheet.',
    confidence: 0.8
  })
  t.ok(evidence.length >= 15)
  t.notMatch(JSON.stringify(parts), 'thirty percent', 'what our side claims is no fact about the customer')
})

void t.test('what our side says is not the customer’s, unless the customer confirms it', async (t) => {
  const claim = [
    'Dana',
    'You lose 40 hours a week, your CFO signs off the budget, and the biggest problem is manual work.'
  ] as const
  t.match(read(claim, ['Marco', 'Hm.']), { metrics: '', economicBuyer: '', identifiedPain: '' })
  const asked = ['Dana', 'So your CFO signs off on the budget?'] as const
  t.match(read(asked, ['Marco', 'Yes, exactly.']), { economicBuyer: 'So your CFO signs off on the budget?' })
  t.equal(read(asked, ['Marco', 'No, not at all.']).economicBuyer, '')
})

void t.test('an answer counts by its question, an empty one does not', async (t) => {
  const asked = ['Dana', 'Who has to say yes to the money?'] as const
  t.equal(read(asked, ['Marco', 'That would be Priya.']).economicBuyer, 'That would be Priya.')
  t.equal(read(asked, ['Marco', 'Good question, not sure yet.']).economicBuyer, '')
  t.equal(read(['Dana', 'Nice weather?'], ['Marco', 'That would be Priya.']).economicBuyer, '')
})

void t.test('what is promised by either side is a next step', async (t) => {
  const { nextSteps } = read(
    ['Dana', 'I will send you the proposal by Friday.'],
    ['Marco', "Great, and I'll book a call with Priya next week."]
  )
  t.match(nextSteps, /proposal by Friday\..*call with Priya/)
})

void t.test('small talk fills nothing', async (t) => {
  const chat = read(
    ['Dana', 'How was the holiday in Norway? Did you see the lights?'],
    ['Marco', 'It was lovely. We hiked for ten days and my daughter caught a huge fish, she was so proud of herself.'],
    ['Dana', 'Ha, wonderful. My dog ate a whole cake on Sunday, he is fine now.'],
    ['Marco', 'Oh no! Ours once opened the fridge. Anyway, the mountains were green and we had good coffee.']
  )
  const { confidence, evidence, ...parts } = chat
  t.strictSame([...new Set(Object.values(parts))], [''])
  t.strictSame({ confidence, evidence }, { confidence: 0, evidence: [] })
})

void t.test('the notetaker’s notes fill what was not heard, with less confidence', async (t) => {
  const notes = {
    summary: 'The biggest problem is manual dispatching. The CFO approves the budget.',
    actionItems: ['Dana to send a proposal by Friday', 'Marco to share last month’s volumes'],
    keyQuestions: ['Can it integrate with the existing TMS?'],
    topics: ['Dispatch process', 'Legal review and procurement in January']
  }
  const noted = meddicByRules(meeting([], notes), good)
  t.match(noted, {
    identifiedPain: 'The biggest problem is manual dispatching.',
    economicBuyer: 'The CFO approves the budget.',
    decisionCriteria: 'Can it integrate with the existing TMS?',
    nextSteps: 'Dana to send a proposal by Friday. Marco to share last month’s volumes.'
  })
  const said = meddicByRules(meeting([['Marco', notes.summary]], { actionItems: notes.actionItems }), good)
  t.equal(said.identifiedPain, noted.identifiedPain)
  t.ok(noted.confidence < said.confidence)
  t.match(
    read(['Marco', 'Can it integrate with the existing TMS?']).decisionCriteria,
    /existing TMS/,
    'asked for by the customer'
  )
})

void t.test('a doubtful transcript lowers the confidence and is a risk of its own', async (t) => {
  const partial: TranscriptQuality = {
    ...good,
    verdict: 'partial',
    coverage: 0.42,
    longestGapSeconds: 905,
    flags: ['low-coverage', 'long-gap', 'times-misaligned']
  }
  const whole = meddicByRules(freightMeeting, good)
  const half = meddicByRules(freightMeeting, partial)
  t.equal(half.confidence, Math.round(whole.confidence * 60) / 100)
  t.equal(
    half.risks,
    `${whole.risks} The transcript covers only 42 % of the meeting. 15 minutes in one piece are missing from the transcript.`
  )
})

void t.test('an unknown speaker beside our people is the customer’s side', async (t) => {
  const lines = [
    ['Dana', 'What is going wrong today?'],
    ['iPhone', 'Our biggest problem is that orders get lost.']
  ] as const
  t.match(meddicByRules(meeting(lines), good).identifiedPain, /orders get lost/)
})

const phrase = fc.constantFrom(
  'We lose 40 hours a week.',
  'Who signs the budget?',
  'Our CFO signs the budget, of course.',
  'The biggest problem is manual work',
  'It must integrate with SAP; that is non-negotiable!',
  'Yes, exactly.',
  'We also looked at “HubSpot” …',
  'İf ΣΑΣ may refuse, that is the risk.',
  'Send me the offer by Friday.',
  'word '.repeat(120)
)
const words = fc.oneof(
  { weight: 3, arbitrary: fc.array(phrase, { maxLength: 5 }).map((parts) => parts.join(' ')) },
  fc.string({ unit: anyCharacter, maxLength: 120 })
)
const speaker = fc.constantFrom('Dana Whitfield', 'Marco Ellison', 'June', 'Speaker 3', '')

void t.test('whatever was said: valid, and every quote occurs in the meeting', async () => {
  const meetings = fc.record({
    lines: fc.array(fc.tuple(speaker, words), { maxLength: 12 }),
    summary: fc.option(words),
    actionItems: fc.array(words, { maxLength: 3 }),
    keyQuestions: fc.array(words, { maxLength: 2 }),
    topics: fc.array(words, { maxLength: 2 })
  })
  fc.assert(
    fc.property(meetings, ({ lines, ...notes }) => {
      const input = meeting(lines, notes)
      const meddic = meddicByRules(input, meetingQuality(input))
      const occurs = quoteMatcher(meetingSources(input))
      return (
        Value.Check(Meddic, meddic) &&
        meddic.evidence.every(({ quote }) => occurs(quote) || (quote.match(/[\p{L}\p{N}]/gu) ?? []).length < 2)
      )
    }),
    { numRuns: 300 }
  )
})
