import {
  LeadCaptured,
  LeadDetailsChanged,
  LeadDetailsEntered,
  newEvent,
  type CaptureLead,
  type CommandData,
  type MeetingFact,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import { deciderSpec } from '@leadlog/testing'
import t from 'tap'
import { captureLead } from './capture-lead.ts'
import { recordMeetingFact } from './record-meeting-fact.ts'

const AT = '2026-11-18T09:00:00.000Z'
const ids = { leadId: 'p1', personId: 'p1' }
const entered: CommandData<typeof CaptureLead> = { name: 'Ada Lovelace', email: ' Ada@Example.com', source: 'fair' }
const command = { ...ids, entered, at: AT }
const customer = {
  email: 'ada@example.com',
  name: 'Ada Lovelace',
  firstName: 'Ada',
  lastName: 'Lovelace',
  phone: null,
  timezone: null
}
const spec = deciderSpec(captureLead)

/** The events as they would be read back. */
function recorded(events: readonly NewEvent[]): RecordedEvent[] {
  return events.map((event) => ({ type: event.definition.type, data: event.data }) as unknown as RecordedEvent)
}

void t.test('a person seen for the first time becomes a lead, and what was entered is kept', async () => {
  spec
    .given([])
    .when({ ...command, entered: { ...entered, company: 'Engines', note: 'met at the fair' } })
    .then([
      newEvent(LeadCaptured, 'p1', { ...ids, customer, origin: 'manual', capturedAt: AT }),
      newEvent(LeadDetailsEntered, 'p1', {
        ...ids,
        customer,
        company: 'Engines',
        note: 'met at the fair',
        source: 'fair',
        enteredAt: AT
      })
    ])
})

void t.test('for a lead that is known, only what is new changes its details', async () => {
  const before = recorded([
    newEvent(LeadCaptured, 'p1', { ...ids, customer, origin: 'manual', capturedAt: AT }),
    newEvent(LeadDetailsEntered, 'p1', { ...ids, customer, company: null, note: null, source: 'fair', enteredAt: AT })
  ])
  spec
    .given(before)
    .when(command)
    .thenMatch([{ definition: LeadDetailsEntered }])
  spec
    .given(before)
    .when({ ...command, entered: { ...entered, phone: ' +1 555 0100 ' } })
    .thenMatch([
      { definition: LeadDetailsEntered },
      { definition: LeadDetailsChanged, data: { customer: { ...customer, phone: '+1 555 0100' } } }
    ])
})

void t.test('what was entered by hand wins over what a calendar says later', async () => {
  const before = recorded([
    newEvent(LeadCaptured, 'p1', { ...ids, customer, origin: 'manual', capturedAt: AT }),
    newEvent(LeadDetailsEntered, 'p1', { ...ids, customer, company: null, note: null, source: 'fair', enteredAt: AT })
  ])
  const fact: MeetingFact = {
    kind: 'booked',
    meetingId: 'm1',
    key: 'A',
    occurredAt: '2026-11-19T09:00:00.000Z',
    startsAt: '2026-11-20T09:00:00.000Z',
    endsAt: null,
    relatedKey: null,
    timezone: null,
    reportUrl: null
  }
  const said = { ...customer, name: 'A. Lovelace', timezone: 'Europe/London' }
  deciderSpec(recordMeetingFact)
    .given(before)
    .when({ ...ids, fact, customer: said, source: 'calendly' })
    .thenMatch([
      {},
      { definition: LeadDetailsChanged, data: { customer: { ...customer, timezone: 'Europe/London' } } },
      {},
      {}
    ])
})

void t.test('an address that names nobody is refused', async () => {
  for (const email of ['ada', 'ada@', '@example.com', 'ada@localhost', 'ada lovelace@example.com', ' '])
    spec
      .given([])
      .when({ ...command, entered: { ...entered, email } })
      .thenRefused('CRM_LEAD_EMAIL_UNUSABLE')
})

void t.test('one word is a first name', async () => {
  spec
    .given([])
    .when({ ...command, entered: { ...entered, name: ' Ada ' } })
    .thenMatch([{ data: { customer: { ...customer, name: 'Ada', firstName: 'Ada', lastName: null } } }, {}])
})
