import {
  ERASED_TEXT,
  LeadCaptured,
  LeadEnriched,
  LeadMeetingRecorded,
  LeadStatusChanged,
  type DataOf,
  type EventDefinition,
  type MeetingFact,
  type RecordedEvent
} from '@leadlog/contracts'
import type { Static } from '@sinclair/typebox'
import fc from 'fast-check'
import assert from 'node:assert/strict'
import t from 'tap'
import { domainValuesOf, isErased } from './domain-values.ts'
import { leadStateOf } from './lead-state.ts'

type Fact = Static<typeof MeetingFact>
type Unplaced = (sequence: number) => RecordedEvent

const lead = { leadId: 'lead-1', personId: 'person-1' }
const customer = {
  email: 'marco.ellison@example.org',
  name: null,
  firstName: null,
  lastName: null,
  phone: null,
  timezone: null
}

function event<D extends EventDefinition>(definition: D, data: DataOf<D>): Unplaced {
  return (sequence) => ({
    specversion: '1.0',
    id: `event-${sequence}`,
    source: 'leadlog/crm',
    type: definition.type,
    subject: 'crm.lead.lead-1',
    time: '2026-11-18T12:00:00.000Z',
    datacontenttype: 'application/json',
    dataschema: '',
    schemaversion: 1,
    correlationid: 'first',
    causationid: 'direct',
    actor: 'service:crm',
    stream: 'EVENTS',
    sequence,
    data
  })
}

const noFact: Fact = {
  kind: 'booked',
  meetingId: 'meeting-1',
  key: 'booking-a',
  occurredAt: '2026-11-01T09:00:00Z',
  startsAt: null,
  endsAt: null,
  relatedKey: null,
  timezone: null,
  reportUrl: null
}

const meeting = (
  source: DataOf<typeof LeadMeetingRecorded>['source'],
  fact: Partial<Fact>,
  details: Partial<typeof customer> | { phone?: string; name?: string } | null = null
) =>
  event(LeadMeetingRecorded, {
    ...lead,
    source,
    fact: { ...noFact, ...fact },
    customer: details === null ? null : { ...customer, ...details }
  })

const enriched = (data: Partial<DataOf<typeof LeadEnriched>>) =>
  event(LeadEnriched, {
    ...lead,
    meetingId: 'meeting-1',
    extractionId: 'extraction-1',
    kind: 'lead-intel',
    fields: [],
    provider: 'rules',
    model: 'rules',
    promptVersion: '1',
    confidence: null,
    observedAt: '2026-11-01T09:00:00Z',
    ...data
  })

const valuesOf = (events: readonly Unplaced[]) =>
  domainValuesOf(leadStateOf(events.map((place, index) => place(index + 1))))

t.test('any order of the same facts gives the same values', async (t) => {
  const at = fc.integer({ min: 0, max: 6 }).map((hour) => `2026-11-18T1${hour}:00:00Z`)
  const details = fc.option(
    fc.record({
      phone: fc.constantFrom('+1 415', '+1 212'),
      name: fc.constantFrom('Marco Ellison', 'Marco', 'M. van der Berg')
    })
  )
  const meetings = fc
    .record({
      kind: fc.constantFrom('booked', 'rescheduled', 'superseded', 'canceled', 'held', 'no-show', 'merged' as const),
      source: fc.constantFrom('calendly', 'readai', 'zoom' as const),
      key: fc.constantFrom('a', 'b', 'c'),
      relatedKey: fc.option(fc.constantFrom('a', 'b', 'c')),
      occurredAt: at,
      startsAt: at,
      reportUrl: fc.option(fc.constantFrom('https://read.example/1', 'https://read.example/2')),
      details
    })
    .map(({ source, details, ...fact }) => meeting(source, fact as Partial<Fact>, details))
  const captured = fc
    .record({ origin: fc.constantFrom('calendly', 'readai' as const), capturedAt: at })
    .map((data) => event(LeadCaptured, { ...lead, customer: { ...customer, phone: '+49 30' }, ...data }))
  const extractions = fc
    .record({
      extractionId: fc.constantFrom('x', 'y', 'z'),
      kind: fc.constantFrom('lead-intel', 'meddic' as const),
      confidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      observedAt: at,
      fields: fc.array(
        fc.record({
          field: fc.constantFrom('company', 'painPoints', 'meddicChampion'),
          value: fc.constantFrom('', 'one', 'two'),
          evidence: fc.constant(null)
        }),
        { maxLength: 2 }
      )
    })
    .map(enriched)
  const unique = <Value>(values: Value[], keyOf: (value: Value) => string) => [
    ...new Map(values.map((value) => [keyOf(value), value])).values()
  ]
  // A booking is booked once and an extraction has one result: the log holds no two different ones of one key.
  const keyOf = (place: Unplaced) => {
    const data = place(1).data as { fact?: Fact; extractionId?: string; kind?: string }
    if (data.fact) {
      const kind = data.fact.kind === 'rescheduled' ? 'booked' : data.fact.kind
      return `${kind} ${data.fact.key}`
    }
    return data.extractionId ?? 'captured'
  }
  const facts = fc
    .array(fc.oneof(meetings, captured, extractions), { maxLength: 12 })
    .map((events) => unique(events, keyOf))
  fc.assert(
    fc.property(
      facts.chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length }))),
      ([events, shuffled]) => {
        assert.deepStrictEqual(valuesOf(shuffled), valuesOf(events))
      }
    ),
    { numRuns: 300 }
  )
  t.pass('300 histories')
})

t.test("a demo date of Calendly's is kept whichever of booking and transcript comes first", async (t) => {
  const booking = meeting(
    'calendly',
    { key: 'a', startsAt: '2026-11-18T16:00:00Z', timezone: 'America/New_York' },
    { name: 'Marco Ellison', phone: '+14155550142' }
  )
  const held = meeting(
    'readai',
    {
      kind: 'held',
      key: 's',
      occurredAt: '2026-11-18T17:00:00Z',
      startsAt: '2026-11-18T16:04:00Z',
      reportUrl: 'https://r'
    },
    { name: 'Marco E.', phone: '+1 000' }
  )
  const expected = {
    leadId: 'lead-1',
    email: 'marco.ellison@example.org',
    firstName: 'Marco',
    lastName: 'Ellison',
    phone: '+14155550142',
    status: 'new',
    source: 'calendly',
    demoDate: '2026-11-18T16:00:00Z',
    demoTimezone: 'America/New_York',
    recordingUrl: 'https://r'
  }
  t.strictSame(valuesOf([booking, held]), expected)
  t.strictSame(valuesOf([held, booking]), expected)
  t.match(valuesOf([held]), { demoDate: '2026-11-18T16:04:00Z', source: 'readai', lastName: 'E.' })
})

t.test('the latest active booking gives the demo date', async (t) => {
  const first = meeting('calendly', { key: 'a', startsAt: '2026-11-18T16:00:00Z' })
  const second = meeting('calendly', {
    kind: 'rescheduled',
    key: 'b',
    relatedKey: 'a',
    occurredAt: '2026-11-02T09:00:00Z',
    startsAt: '2026-11-20T16:00:00Z'
  })
  const gone = meeting('calendly', { kind: 'superseded', key: 'a', relatedKey: 'b' })
  t.equal(valuesOf([gone, second, first]).demoDate, '2026-11-20T16:00:00Z')
  const canceled = meeting('calendly', { kind: 'canceled', key: 'b', startsAt: '2026-11-20T16:00:00Z' })
  t.equal(valuesOf([canceled, first, second]).demoDate, '2026-11-20T16:00:00Z', 'a cancellation keeps the date')
  const again = meeting('calendly', { key: 'c', occurredAt: '2026-10-01T09:00:00Z', startsAt: '2026-11-25T16:00:00Z' })
  t.equal(valuesOf([again, first, second, canceled]).demoDate, '2026-11-25T16:00:00Z', 'an active one goes first')
})

t.test('newer observations win field by field, and the status is the one decided last', async (t) => {
  const older = enriched({
    fields: [
      { field: 'company', value: 'Ellison', evidence: null },
      { field: 'painPoints', value: ['slow'], evidence: null }
    ],
    confidence: 0.4
  })
  const newer = enriched({
    extractionId: 'extraction-2',
    observedAt: '2026-11-02T09:00:00Z',
    fields: [
      { field: 'company', value: 'Ellison Freight', evidence: null },
      { field: 'painPoints', value: [], evidence: null }
    ],
    confidence: 0.7
  })
  const status = (to: 'demo-booked' | 'demo-complete') =>
    event(LeadStatusChanged, { ...lead, from: 'new', to, meetingId: null, decidedByFactAt: null })
  t.match(valuesOf([newer, status('demo-booked'), older, status('demo-complete')]), {
    company: 'Ellison Freight',
    painPoints: ['slow'],
    confidence: 0.7,
    status: 'demo-complete'
  })
})

t.test('the last name falls back to the local part of the address', async (t) => {
  const captured = event(LeadCaptured, {
    ...lead,
    customer,
    origin: 'manual',
    capturedAt: '2026-11-18T16:00:00Z'
  })
  t.match(valuesOf([captured]), { lastName: 'marco.ellison', source: 'manual' })
})

t.test('an erased lead is recognised', async (t) => {
  const captured = event(LeadCaptured, {
    ...lead,
    customer: { ...customer, email: ERASED_TEXT },
    origin: 'calendly',
    capturedAt: '2026-11-18T16:00:00Z'
  })
  t.ok(isErased(leadStateOf([captured(1)])))
})
