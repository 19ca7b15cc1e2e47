import {
  derivedId,
  LeadCaptured,
  LeadDemoDateChanged,
  LeadEnriched,
  LeadMeetingRecorded,
  LeadStatusChanged,
  newEvent,
  type Customer,
  type MeetingFact,
  type NewEvent
} from '@leadlog/contracts'

/** Events of one lead, in {@link leadHistory}. */
export const EVENTS_PER_LEAD = 10

/** Their transactions: what the crm service appends at once. */
export const TRANSACTIONS_PER_LEAD = 5

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const FIRST_BOOKING = Date.parse('2026-11-02T08:00:00.000Z')

export function leadIdOf(number: number): string {
  return derivedId('lead', 'bench', String(number))
}

/** The address of the person; the person's id follows from it and the keyring. */
export function emailOf(number: number): string {
  return `person.${number}@company-${number % 997}.example`
}

/**
 * What a lead goes through from booking to qualified, as the crm service records it: booked and captured, enriched
 * from the booking form, moved, held, enriched from the transcript. The same number gives the same events.
 */
export function leadHistory(number: number, personId: string): readonly (readonly NewEvent[])[] {
  const leadId = leadIdOf(number)
  const meetingId = derivedId('meeting', 'bench', String(number))
  const ids = { leadId, personId }
  const bookedAt = FIRST_BOOKING + number * MINUTE_MS
  const at = (milliseconds: number): string => new Date(bookedAt + milliseconds).toISOString()
  const customer: Customer = {
    email: emailOf(number),
    name: `Ada Example ${number}`,
    firstName: 'Ada',
    lastName: `Example ${number}`,
    phone: null,
    timezone: 'Europe/Berlin'
  }
  const fact = (kind: MeetingFact['kind'], occurred: number, starts: number): MeetingFact => ({
    kind,
    meetingId,
    key: `https://api.calendly.com/scheduled_events/${meetingId}/${kind}`,
    occurredAt: at(occurred),
    startsAt: at(starts),
    endsAt: at(starts + HOUR_MS / 2),
    relatedKey: null,
    timezone: 'Europe/Berlin',
    reportUrl: kind === 'held' ? `https://app.read.ai/analytics/meetings/${meetingId}` : null
  })
  const meeting = (fact: MeetingFact, seen: Customer | null) =>
    newEvent(LeadMeetingRecorded, leadId, { ...ids, fact, customer: seen, source: 'calendly' })
  const status = (from: 'new' | 'demo-booked', to: 'demo-booked' | 'demo-complete', decided: number) =>
    newEvent(LeadStatusChanged, leadId, { ...ids, from, to, meetingId, decidedByFactAt: at(decided) })
  const demo = (starts: number) =>
    newEvent(LeadDemoDateChanged, leadId, {
      ...ids,
      startsAt: at(starts),
      timezone: 'Europe/Berlin',
      source: 'calendar'
    })
  const enriched = (kind: 'lead-intel' | 'meddic', observed: number) =>
    newEvent(LeadEnriched, leadId, {
      ...ids,
      meetingId,
      extractionId: derivedId('extraction', 'bench', kind, String(number)),
      kind,
      fields: fieldsOf(kind, number),
      provider: 'rules',
      model: 'rules',
      promptVersion: '1',
      confidence: 0.8,
      observedAt: at(observed)
    })
  return [
    [
      newEvent(LeadCaptured, leadId, { ...ids, customer, origin: 'calendly', capturedAt: at(0) }),
      meeting(fact('booked', 0, 24 * HOUR_MS), customer),
      status('new', 'demo-booked', 0),
      demo(24 * HOUR_MS)
    ],
    [enriched('lead-intel', 0)],
    [meeting(fact('rescheduled', HOUR_MS, 48 * HOUR_MS), { ...customer, phone: '+4930555010' }), demo(48 * HOUR_MS)],
    [meeting(fact('held', 49 * HOUR_MS, 48 * HOUR_MS), null), status('demo-booked', 'demo-complete', 49 * HOUR_MS)],
    [enriched('meddic', 49 * HOUR_MS)]
  ]
}

function fieldsOf(kind: 'lead-intel' | 'meddic', number: number) {
  const quoted = (field: string, value: string | number) => ({
    field,
    value,
    evidence: `“${field}: ${value}”, as said`
  })
  return kind === 'lead-intel'
    ? [
        quoted('company', `Company ${number % 997}`),
        quoted('title', 'Head of Sales'),
        quoted('teamSize', 5 + (number % 40)),
        quoted('painPoints', 'Requests wait for days until somebody answers them'),
        quoted('tools', 'HubSpot, Slack')
      ]
    : [
        quoted('metrics', 'Twenty hours a week are spent on copying notes'),
        quoted('economicBuyer', 'The managing director signs above ten thousand'),
        quoted('decisionProcess', 'A trial of two weeks, then a vote'),
        quoted('budget', `${10 + (number % 90)} thousand a year`),
        quoted('timeline', 'Before the summer season')
      ]
}
