import type { MeddicExtracted } from '@leadlog/contracts'
import {
  ERASED_TEXT,
  LeadIntelExtracted,
  MeetingBooked,
  MeetingHeld,
  MeetingRescheduled,
  type DataOf,
  type ModelCall
} from '@leadlog/contracts'
import t from 'tap'
import { recorded } from '../testing/recorded.ts'
import { bookingNote, meetingNote } from './note-content.ts'
import { draftNote, finishedNote, hasReference, referenceIn } from './note-identity.ts'
import { bookingReadAt, bookingReading, reportReadAt } from './note-source.ts'

const call: ModelCall = {
  provider: 'rules',
  model: 'rules',
  promptVersion: '1',
  calls: 0,
  repaired: false,
  fallbackBecause: null,
  inputTokens: 0,
  outputTokens: 0,
  costMicroUsd: 0,
  latencyMs: 1,
  inputCharacters: 10,
  sampled: false
}

const extraction = { extractionId: 'x', personId: 'p', meetingId: 'm', call }

const reading: DataOf<typeof LeadIntelExtracted> = {
  ...extraction,
  kind: 'lead-intel',
  observedAt: '2026-11-01T09:00:00Z',
  intel: {
    firstName: 'Marco',
    lastName: 'Ellison',
    company: 'Ellison Freight',
    title: '',
    phone: '',
    website: '',
    city: '',
    country: '',
    industry: '',
    teamSize: '40 people',
    budget: '',
    authority: '',
    need: '',
    timing: '',
    urgency: '',
    useCase: '',
    decisionProcess: '',
    painPoints: ['late deliveries', 'manual entry'],
    toolsCurrentlyUsed: [],
    objectives: [],
    objections: [],
    discoveryQuestions: [],
    cheatSheet: '',
    nextStep: '',
    summary: '',
    confidence: 0.416,
    evidence: []
  }
}

const customer = {
  email: 'marco@ellison.example',
  name: null,
  firstName: null,
  lastName: null,
  phone: null,
  timezone: null
}

const booking = (bookedAt: string, answer: string, email = customer.email) =>
  ({
    meetingId: 'm',
    personId: 'p',
    bookingUri: `https://calendly.example/${bookedAt}`,
    previousBookingUri: null,
    customer: { ...customer, email },
    title: 'Product demo',
    startsAt: '2026-11-18T16:00:00Z',
    endsAt: '2026-11-18T16:30:00Z',
    bookedAt,
    location: { kind: null, joinUrl: null, platformMeetingId: null },
    host: { name: null, email: null },
    guests: [],
    answers: [{ question: 'What slows you down?', answer }],
    tracking: {}
  }) satisfies DataOf<typeof MeetingBooked>

void t.test('a booking gives its answers and what they tell, without a date', async (t) => {
  t.strictSame(bookingNote(reading, booking('2026-11-01T09:00:00Z', 'Deliveries are late')), {
    title: 'Demo booking: Product demo',
    body: [
      'ANSWERS',
      'Q: What slows you down?',
      'A: Deliveries are late',
      '',
      'LEAD INTELLIGENCE (by rules, confidence 42 %)',
      'Pain points:',
      '- late deliveries',
      '- manual entry',
      'Company: Ellison Freight',
      'Team size: 40 people'
    ].join('\n')
  })
  t.equal(bookingNote(reading, booking('2026-11-01T09:00:00Z', '', ERASED_TEXT)), null)
})

void t.test('the note is of the booking that was read, whatever else the meeting has by now', async (t) => {
  const first = recorded(MeetingBooked, booking('2026-11-01T09:00:00Z', 'one'))
  const moved = recorded(MeetingRescheduled, booking('2026-11-02T10:00:00+01:00', 'two'))
  for (const history of [
    [first, moved],
    [moved, first]
  ]) {
    t.match(bookingReadAt(history, '2026-11-01T09:00:00.000Z'), { answers: [{ answer: 'one' }] })
    t.match(bookingReadAt(history, '2026-11-02T09:00:00Z'), { answers: [{ answer: 'two' }] })
  }
  t.equal(bookingReadAt([], '2026-11-02T09:00:00Z'), null)
  t.equal(bookingReading([recorded(LeadIntelExtracted, reading)]), reading)
})

void t.test('a held meeting gives MEDDIC, the quality of the transcript and the report', async (t) => {
  const report: DataOf<typeof MeetingHeld> = {
    meetingId: 'm',
    personId: 'p',
    sessionId: 's',
    customer,
    participants: [],
    title: 'Demo',
    startedAt: '2026-11-18T16:02:00Z',
    endedAt: '2026-11-18T16:33:00Z',
    durationMinutes: 31.4,
    platform: null,
    platformMeetingId: null,
    reportUrl: 'https://read.example/s',
    summary: null,
    actionItems: [],
    keyQuestions: [],
    topics: [],
    transcript: [],
    contentDigest: 'd'
  }
  const meddic: DataOf<typeof MeddicExtracted> = {
    ...extraction,
    kind: 'meddic',
    observedAt: report.endedAt,
    meddic: {
      metrics: '40 hours a week',
      economicBuyer: 'Priya',
      decisionCriteria: '',
      decisionProcess: '',
      identifiedPain: '',
      champion: '',
      competition: '',
      nextSteps: 'proposal',
      risks: '',
      confidence: 0.5,
      evidence: []
    },
    quality: {
      verdict: 'partial',
      coverage: 0.463,
      longestGapSeconds: 545,
      speakerCount: 1,
      blockCount: 30,
      characterCount: 4000,
      flags: ['low-coverage']
    }
  }
  const history = [recorded(MeetingHeld, report)]
  t.strictSame(meetingNote(meddic, reportReadAt(history, meddic.observedAt)), {
    title: 'MEDDIC of the meeting on 2026-11-18 16:02 UTC',
    body: [
      'Meeting: Demo (31 minutes)',
      '',
      'MEDDIC (by rules, confidence 50 %)',
      'Metrics: 40 hours a week',
      'Economic buyer: Priya',
      'Next steps: proposal',
      '',
      'Transcript: partial (46 % of the meeting, 1 speaker), low-coverage',
      '',
      'Report: https://read.example/s'
    ].join('\n')
  })
})

void t.test('a long note is cut, its reference never', async (t) => {
  const draft = draftNote('lead', 'meeting', 'booking', { title: 'T'.repeat(200), body: 'word '.repeat(100) })
  const { title, content } = finishedNote(draft, [], 120)
  t.equal([...title].length, 120)
  t.ok([...content].length <= 120)
  const reference = referenceIn(content)
  t.match(reference, /^Ref: LL-[0-9a-f]{8}$/)
  t.ok(hasReference(`${content}  \n`, reference))
  t.notOk(hasReference(`${content}-2`, reference))
  t.equal(draftNote('lead', 'meeting', 'booking', draft).noteId, draft.noteId)
})
