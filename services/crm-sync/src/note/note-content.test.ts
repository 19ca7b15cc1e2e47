import type { MeddicExtracted } from '@leadlog/contracts'
import {
  CallRecordingReported,
  CallTranscribed,
  ERASED_TEXT,
  ExtractionSkipped,
  LeadIntelExtracted,
  MeetingBooked,
  MeetingHeld,
  MeetingRescheduled,
  recordingIdOf,
  type DataOf,
  type ModelCall,
  type RecordedEvent
} from '@leadlog/contracts'
import fc from 'fast-check'
import assert from 'node:assert/strict'
import t from 'tap'
import { recorded } from '../fixtures/recorded.ts'
import { bookingNote, callNote, meetingNote } from './note-content.ts'
import { draftNote, finishedNote, hasReference, referenceIn } from './note-identity.ts'
import {
  bookingReadAt,
  bookingReading,
  callReadAt,
  repeatedNoteNumber,
  reportReadAt,
  transcriptionsOf
} from './note-source.ts'
import { takenNote } from './taken-note.ts'

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

const meddic: DataOf<typeof MeddicExtracted> = {
  ...extraction,
  kind: 'meddic',
  observedAt: '2026-11-18T16:33:00Z',
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

void t.test('a sales call gives MEDDIC, who called, when and for how long', async (t) => {
  const transcript = (startedAt: string, endedAt: string, direction: 'inbound' | 'outbound' = 'inbound') =>
    recorded(CallTranscribed, {
      recordingId: 'r',
      callId: 'c',
      personId: 'p',
      leadId: 'p',
      direction,
      sales: true,
      customer,
      language: 'en',
      segments: [],
      startedAt,
      endedAt,
      contentDigest: 'd',
      call: { provider: 'openai', model: 'whisper-1', calls: 1, audioSeconds: 60, costMicroUsd: 1, latencyMs: 1 }
    })
  const voicemail = transcript('2026-11-18T15:00:00Z', '2026-11-18T15:00:40Z')
  const call = transcript('2026-11-18T16:02:10Z', '2026-11-18T16:33:30Z')
  const read = { ...meddic, callId: 'c', meetingId: 'c', observedAt: '2026-11-18T16:33:30.000Z' }
  t.strictSame(callNote(read, callReadAt([voicemail, call], read.observedAt)), {
    title: 'MEDDIC of the phone call on 2026-11-18 16:02 UTC',
    body: [
      'Phone call: from the customer (31 minutes)',
      '',
      'MEDDIC (by rules, confidence 50 %)',
      'Metrics: 40 hours a week',
      'Economic buyer: Priya',
      'Next steps: proposal',
      '',
      'Transcript: partial (46 % of the call, 1 speaker), low-coverage'
    ].join('\n')
  })
  const first = callReadAt([voicemail, call], '2026-11-18T15:00:40Z')
  t.match(callNote(read, first)?.body, /^Phone call: from the customer \(40 seconds\)\n/)
  const placed = transcript('2026-11-18T16:00:00Z', '2026-11-18T16:01:10Z', 'outbound')
  t.match(callNote(read, placed.data)?.body, /^Phone call: to the customer \(1 minute\)\n/)
  t.match(callNote(read, null), {
    title: 'MEDDIC of the phone call on 2026-11-18 16:33 UTC',
    body: /^MEDDIC \(by rules/
  })
  const erased = { ...read, meddic: { ...read.meddic, metrics: ERASED_TEXT } }
  t.equal(callNote(erased, call.data), null)

  const report = (recordingSid: string) =>
    recorded(CallRecordingReported, {
      callId: 'c',
      callSid: 'CA1',
      recordingSid,
      status: 'completed',
      durationSeconds: 60,
      channels: 2,
      source: null,
      startedAt: null
    })
  t.strictSame(
    transcriptionsOf([report('RE1'), report('RE1'), report('RE2')]).map(({ id }) => id),
    [recordingIdOf('RE1'), recordingIdOf('RE2')]
  )
})

void t.test('a booking without answers needs no note', async (t) => {
  t.equal(bookingNote(reading, { ...booking('2026-11-01T09:00:00Z', ''), answers: [] }), null)
})

void t.test('a demo booked anew with the same answers has its own note; a reschedule has none', async (t) => {
  const times = ['2026-11-01T09:00:00Z', '2026-11-02T09:00:00Z', '2026-11-03T09:00:00Z', '2026-11-04T09:00:00Z']
  // The first and the last are demos of their own; the second is a reschedule of the first, the third of the second.
  const bookings = times.map((bookedAt, index) => ({
    ...booking(bookedAt, 'one'),
    previousBookingUri: index === 1 || index === 2 ? `https://calendly.example/${times[index - 1] ?? ''}` : null
  }))
  const orders = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 })
  const groupings = fc.array(fc.constantFrom('m1', 'm2', 'm3'), { minLength: 4, maxLength: 4 })
  fc.assert(
    fc.property(orders, groupings, (order, meetingIds) => {
      const meetings = new Map<string, RecordedEvent[]>()
      bookings.forEach((data, index) => {
        const id = meetingIds[index] ?? 'm1'
        meetings.set(id, [...(meetings.get(id) ?? []), recorded(MeetingBooked, data)])
      })
      const history = order.map((index, place) => {
        const at = { meetingId: meetingIds[index] ?? 'm1', observedAt: times[index] ?? '' }
        const sequence = place + 1
        return place === 0
          ? recorded(LeadIntelExtracted, { ...reading, ...at }, { sequence })
          : recorded(ExtractionSkipped, { ...extraction, kind: 'lead-intel', ...at, reason: 'known' }, { sequence })
      })
      const numbers = history.slice(1).map((event) => repeatedNoteNumber(event, history, meetings))
      const noteNumbers = new Set([1, ...numbers.filter((number) => number !== null)])
      assert.deepStrictEqual([...noteNumbers].sort(), [1, 2])
    })
  )
  t.pass('in every order')
})

void t.test('a long note is cut, its reference never', async (t) => {
  const lead = { leadId: 'lead', meetingId: 'meeting' }
  const text = { title: 'T'.repeat(200), body: 'word '.repeat(100) }
  const draft = draftNote(lead, 'booking', text)
  const { title, content } = finishedNote(draft, 120)
  t.equal([...title].length, 120)
  t.ok([...content].length <= 120)
  t.equal(referenceIn(content), draft.reference)
  t.ok(hasReference(`${content}  \n`, draft.reference))
  t.equal(draftNote({ ...lead, meetingId: 'other' }, 'booking', text).noteId, draft.noteId)
  const second = draftNote(lead, 'booking', text, 2)
  t.not(second.noteId, draft.noteId)
  t.equal(second.reference, `${draft.reference}-2`)
  t.notOk(hasReference(finishedNote(second, 120).content, draft.reference))
})

void t.test('what a person wrote down is a note as it is, each a note of its own', async (t) => {
  const taken = {
    personId: 'p',
    meetingId: 'm',
    noteId: 'note-1',
    text: 'They decide in January.',
    takenAt: '2026-11-18T16:00:30.000Z'
  }
  const note = takenNote(taken)
  t.match(note, {
    title: 'Note in the meeting on 2026-11-18 16:00 UTC',
    body: 'They decide in January.',
    kind: 'meeting',
    meetingId: 'm',
    reference: /^Ref: LL-[0-9a-f]{8}$/
  })
  t.same(takenNote(taken), note, 'the same note again')
  const same = takenNote({ ...taken, noteId: 'note-2' })
  t.not(same?.noteId, note?.noteId, 'the same words in another note')
  t.not(same?.reference, note?.reference)
  t.equal(takenNote({ ...taken, text: ERASED_TEXT }), null)
})
