import {
  LeadCaptured,
  LeadDemoDateChanged,
  LeadEnriched,
  LeadIntelExtracted,
  LeadMeetingRecorded,
  LeadStatusChanged,
  MeetingBooked,
  WriteQueued,
  type DataOf,
  type EventDefinition,
  type ModelCall
} from '@leadlog/contracts'

/** Events as other services record them, for tests. */
export interface Told<D extends EventDefinition = EventDefinition> {
  readonly definition: D
  readonly id: string
  readonly data: DataOf<D>
}

const told = <D extends EventDefinition>(definition: D, id: string, data: DataOf<D>): Told => ({ definition, id, data })

const STARTS_AT = '2026-11-18T16:00:00Z'
const BOOKED_AT = '2026-11-01T09:00:00Z'

const customerOf = (name: string) => ({
  email: `${name.toLowerCase()}@example.org`,
  name: `${name} Ellison`,
  firstName: null,
  lastName: null,
  phone: null,
  timezone: 'Europe/Berlin'
})

/** A booking as the meetings service records it. */
export function bookedMeeting(name: string): Told {
  return told(MeetingBooked, `meeting-${name}`, {
    meetingId: `meeting-${name}`,
    personId: `person-${name}`,
    bookingUri: `https://calendly.example/${name}`,
    previousBookingUri: null,
    customer: customerOf(name),
    title: 'Product demo',
    startsAt: STARTS_AT,
    endsAt: '2026-11-18T16:30:00Z',
    bookedAt: BOOKED_AT,
    location: { kind: null, joinUrl: null, platformMeetingId: null },
    host: { name: null, email: null },
    guests: [],
    answers: [{ question: 'What slows you down?', answer: 'Late deliveries' }],
    tracking: {}
  })
}

/** What the crm service makes of a booking, as one batch. */
export function bookedLead(name: string, email?: string): Told[] {
  const lead = { leadId: `person-${name}`, personId: `person-${name}` }
  const customer = { ...customerOf(name), ...(email === undefined ? {} : { email }) }
  const fact: DataOf<typeof LeadMeetingRecorded>['fact'] = {
    kind: 'booked',
    meetingId: `meeting-${name}`,
    key: `https://calendly.example/${name}`,
    occurredAt: BOOKED_AT,
    startsAt: STARTS_AT,
    endsAt: '2026-11-18T16:30:00Z',
    relatedKey: null,
    timezone: 'Europe/Berlin',
    reportUrl: null
  }
  return [
    told(LeadCaptured, lead.leadId, { ...lead, customer, origin: 'calendly', capturedAt: BOOKED_AT }),
    told(LeadMeetingRecorded, lead.leadId, { ...lead, fact, customer, source: 'calendly' }),
    statusOf(name, 'demo-booked'),
    told(LeadDemoDateChanged, lead.leadId, {
      ...lead,
      startsAt: STARTS_AT,
      timezone: 'Europe/Berlin',
      source: 'calendar'
    })
  ]
}

export function statusOf(name: string, to: DataOf<typeof LeadStatusChanged>['to']): Told {
  const lead = { leadId: `person-${name}`, personId: `person-${name}` }
  return told(LeadStatusChanged, lead.leadId, {
    ...lead,
    from: 'new',
    to,
    meetingId: `meeting-${name}`,
    decidedByFactAt: BOOKED_AT
  })
}

/** A write that is queued as by hand. */
export function queuedWrite(name: string, cause: string, lane: DataOf<typeof WriteQueued>['lane']): Told {
  const recordId = `person-${name}`
  return told(WriteQueued, recordId, {
    recordId,
    leadId: recordId,
    personId: recordId,
    provider: 'zoho',
    module: 'Leads',
    writeId: `write-${name}-${cause}`,
    lane,
    causeId: cause
  })
}

const call: DataOf<typeof LeadIntelExtracted>['call'] = {
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
} satisfies ModelCall

/** What the enrichment service read from the booking, and what the crm service took of it. */
export function readBooking(name: string): { extraction: Told; enriched: Told } {
  const extractionId = `extraction-${name}`
  const ids = { personId: `person-${name}`, meetingId: `meeting-${name}`, extractionId, observedAt: BOOKED_AT }
  const intel = { ...emptyIntel, company: 'Ellison Freight', painPoints: ['late deliveries'], confidence: 0.5 }
  return {
    extraction: told(LeadIntelExtracted, extractionId, { ...ids, kind: 'lead-intel', intel, call }),
    enriched: told(LeadEnriched, `person-${name}`, {
      ...ids,
      leadId: `person-${name}`,
      kind: 'lead-intel',
      fields: [
        { field: 'company', value: 'Ellison Freight', evidence: null },
        { field: 'painPoints', value: ['late deliveries'], evidence: 'Late deliveries' }
      ],
      provider: 'rules',
      model: 'rules',
      promptVersion: '1',
      confidence: 0.5
    })
  }
}

const emptyIntel: DataOf<typeof LeadIntelExtracted>['intel'] = {
  firstName: '',
  lastName: '',
  company: '',
  title: '',
  phone: '',
  website: '',
  city: '',
  country: '',
  industry: '',
  teamSize: '',
  budget: '',
  authority: '',
  need: '',
  timing: '',
  urgency: '',
  useCase: '',
  decisionProcess: '',
  painPoints: [],
  toolsCurrentlyUsed: [],
  objectives: [],
  objections: [],
  discoveryQuestions: [],
  cheatSheet: '',
  nextStep: '',
  summary: '',
  confidence: 0,
  evidence: []
}
