import {
  ERASED_TEXT,
  LeadCaptured,
  LeadDemoDateChanged,
  LeadDetailsChanged,
  LeadEnriched,
  LeadFieldsCleared,
  LeadMeetingRecorded,
  LeadStatusChanged,
  type Customer,
  type DataOf,
  type EventDefinition,
  type MeetingFact,
  type RecordedEvent
} from '@leadlog/contracts'
import fc from 'fast-check'
import assert from 'node:assert/strict'
import t from 'tap'
import { recorded } from '../fixtures/recorded.ts'
import { domainValuesOf, isErased } from './domain-values.ts'
import { leadStateOf } from './lead-state.ts'

type Unplaced = (sequence: number) => RecordedEvent

const lead = { leadId: 'lead-1', personId: 'person-1' }
const customer: Customer = {
  email: 'marco.ellison@example.org',
  name: null,
  firstName: null,
  lastName: null,
  phone: null,
  timezone: null
}

function event<D extends EventDefinition>(definition: D, data: DataOf<D>): Unplaced {
  return (sequence) => recorded(definition, data, { sequence })
}

const blankFact: MeetingFact = {
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

const meeting = (source: DataOf<typeof LeadMeetingRecorded>['source'], fact: Partial<MeetingFact>) =>
  event(LeadMeetingRecorded, { ...lead, source, fact: { ...blankFact, ...fact }, customer: null })

const captured = (details: Partial<Customer> = {}, origin: 'calendly' | 'readai' | 'manual' = 'calendly') =>
  event(LeadCaptured, { ...lead, customer: { ...customer, ...details }, origin, capturedAt: blankFact.occurredAt })

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

const status = (to: DataOf<typeof LeadStatusChanged>['to']) =>
  event(LeadStatusChanged, { ...lead, from: 'new', to, meetingId: null, decidedByFactAt: null })

const demoDate = (startsAt: string) =>
  event(LeadDemoDateChanged, { ...lead, startsAt, timezone: 'America/New_York', source: 'calendar' })

const valuesOf = (events: readonly Unplaced[]) =>
  domainValuesOf(leadStateOf(events.map((place, index) => place(index + 1))))

void t.test('any order of the same facts gives the same values', async (t) => {
  const at = fc.integer({ min: 0, max: 6 }).map((hour) => `2026-11-18T1${hour}:00:00Z`)
  const meetings = fc
    .record({
      kind: fc.constantFrom<MeetingFact['kind'][]>('booked', 'rescheduled', 'canceled', 'held', 'no-show'),
      source: fc.constantFrom('calendly', 'readai', 'zoom' as const),
      key: fc.constantFrom('a', 'b', 'c'),
      occurredAt: at,
      reportUrl: fc.option(fc.constantFrom('https://read.example/1', 'https://read.example/2'))
    })
    .map(({ source, ...fact }) => meeting(source, fact))
  const values = (extractionId: string, observedAt: string) =>
    fc.record({
      extractionId: fc.constant(extractionId),
      observedAt: fc.constant(observedAt),
      kind: fc.constantFrom('lead-intel', 'meddic' as const),
      confidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      fields: fc.uniqueArray(
        fc.record({
          field: fc.constantFrom('company', 'painPoints', 'meddicChampion', 'firstName', 'phone'),
          value: fc.constantFrom('', 'one', 'two'),
          evidence: fc.constant(null)
        }),
        { selector: ({ field }) => field }
      )
    })
  const extractions = fc
    .uniqueArray(fc.constantFrom('x', 'y', 'z', 'w'))
    .chain((ids) => fc.tuple(...ids.map((id) => at.chain((observedAt) => values(id, observedAt)))))
    .map((found) => found.map(enriched))
  const facts = fc.tuple(fc.array(meetings, { maxLength: 8 }), extractions).map((parts) => parts.flat())
  const orders = facts.chain((events) =>
    fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length }))
  )
  const decided = [status('demo-complete'), demoDate('2026-11-18T16:00:00Z')]
  fc.assert(
    fc.property(orders, ([events, shuffled]) => {
      assert.deepStrictEqual(
        valuesOf([captured(), ...shuffled, ...decided]),
        valuesOf([captured(), ...events, ...decided])
      )
    }),
    { numRuns: 300 }
  )
  t.pass('300 histories')
})

void t.test('status, details and demo date are what was decided last', async (t) => {
  const details = event(LeadDetailsChanged, {
    ...lead,
    customer: { ...customer, name: 'Marco Ellison', phone: '+14155550142', timezone: 'Europe/Berlin' }
  })
  const values = valuesOf([
    captured({ name: 'Marco E.' }, 'readai'),
    meeting('readai', { kind: 'held', occurredAt: '2026-11-18T17:00:00Z', reportUrl: 'https://read.example/1' }),
    status('demo-complete'),
    demoDate('2026-11-18T16:04:00Z'),
    meeting('calendly', { occurredAt: '2026-11-01T09:00:00Z' }),
    details,
    demoDate('2026-11-18T16:00:00Z')
  ])
  t.strictSame(values, {
    leadId: 'lead-1',
    email: 'marco.ellison@example.org',
    firstName: 'Marco',
    lastName: 'Ellison',
    phone: '+14155550142',
    status: 'demo-complete',
    source: 'calendly',
    demoDate: '2026-11-18T16:00:00Z',
    demoTimezone: 'America/New_York',
    recordingUrl: 'https://read.example/1'
  })
})

void t.test('newer observations win field by field; an empty one says nothing', async (t) => {
  const older = enriched({
    fields: [
      { field: 'company', value: 'Ellison', evidence: null },
      { field: 'painPoints', value: ['slow'], evidence: null }
    ],
    confidence: 0.4
  })
  const newer = enriched({
    extractionId: 'extraction-2',
    observedAt: '2026-11-02T09:00:00+02:00',
    fields: [
      { field: 'company', value: 'Ellison Freight', evidence: null },
      { field: 'painPoints', value: [], evidence: null }
    ],
    confidence: 0.7
  })
  const expected = { company: 'Ellison Freight', painPoints: ['slow'], confidence: 0.7 }
  t.match(valuesOf([captured(), newer, older]), expected)
  t.match(valuesOf([captured(), older, newer]), expected)
})

void t.test('a last name is always found', async (t) => {
  const nameOf = (details: Partial<Customer>, ...more: Unplaced[]) => {
    const { firstName, lastName } = valuesOf([captured(details), ...more])
    return [firstName, lastName]
  }
  t.strictSame(nameOf({ firstName: 'Marco', lastName: 'Ellison', name: 'X' }), ['Marco', 'Ellison'])
  t.strictSame(nameOf({ name: 'Anna van der Berg' }), ['Anna van der', 'Berg'])
  t.strictSame(nameOf({ name: 'Marco' }), [undefined, 'Marco'])
  t.strictSame(nameOf({ name: 'marco.ellison@example.org' }), [undefined, 'marco.ellison'])
  t.strictSame(
    nameOf(
      { firstName: 'Marco', name: 'Marco' },
      enriched({ fields: [{ field: 'lastName', value: 'E', evidence: null }] })
    ),
    ['Marco', 'E']
  )
})

void t.test('an erased lead is recognised', async (t) => {
  t.ok(isErased(leadStateOf([captured({ email: ERASED_TEXT })(1)])))
  t.notOk(isErased(leadStateOf([captured()(1)])))
})

void t.test('an extraction that was read anew replaces its values and takes back those that are gone', async (t) => {
  const fields = (values: Record<string, string>) =>
    Object.entries(values).map(([field, value]) => ({ field, value, evidence: null }))
  const values = valuesOf([
    enriched({ fields: fields({ company: 'Acme', budget: '10k', need: 'speed' }) }),
    enriched({ extractionId: 'extraction-2', observedAt: '2026-11-02T09:00:00Z', fields: fields({ need: 'order' }) }),
    enriched({ fields: fields({ company: 'Acme GmbH' }) }),
    event(LeadFieldsCleared, { ...lead, extractionId: 'extraction-1', fields: ['budget', 'need'] })
  ])
  t.match(values, { company: 'Acme GmbH', need: 'order' })
  t.notOk('budget' in values)
})
