import {
  LeadCaptured,
  LeadDemoDateChanged,
  LeadDetailsChanged,
  LeadMeetingRecorded,
  LeadStatusChanged,
  newEvent,
  type Customer,
  type Decider,
  type MeetingFact,
  type NewEvent
} from '@leadlog/contracts'
import { demoDate } from './demo-date.ts'
import { isSame } from './is-same.ts'
import { leadDetails, type DetailsClaim } from './lead-details.ts'
import { leadStatus } from './lead-status.ts'
import { evolveLead, unknownLead, type Lead } from './lead.ts'

/** Something that happened to a meeting of the lead. */
export interface RecordMeetingFact {
  readonly leadId: string
  readonly personId: string
  readonly fact: MeetingFact
  readonly customer: Customer | null
  readonly source: DetailsClaim['source']
}

/** Records the fact and whatever follows from all facts together: capture, details, status, demo date. */
export const recordMeetingFact: Decider<Lead, RecordMeetingFact> = {
  initialState: () => unknownLead,
  evolve: evolveLead,
  decide: (command, lead) => {
    const { leadId, personId, fact, customer, source } = command
    const ids = { leadId, personId }
    const facts = [...lead.facts, fact]
    const claims = customer ? [...lead.claims, { customer, source, at: fact.occurredAt }] : lead.claims
    const events: NewEvent[] = []
    const details = leadDetails(claims)
    if (details && !lead.captured) {
      events.push(
        newEvent(LeadCaptured, leadId, {
          ...ids,
          customer: details,
          origin: source === 'readai' ? 'readai' : source === 'manual' ? 'manual' : 'calendly',
          capturedAt: fact.occurredAt
        })
      )
    }
    events.push(newEvent(LeadMeetingRecorded, leadId, { ...ids, fact, customer, source }))
    if (details && lead.captured && !isSame(details, lead.details)) {
      events.push(newEvent(LeadDetailsChanged, leadId, { ...ids, customer: details }))
    }
    const decided = leadStatus(facts)
    if (decided.status !== lead.status) {
      events.push(
        newEvent(LeadStatusChanged, leadId, {
          ...ids,
          from: lead.status,
          to: decided.status,
          meetingId: decided.meetingId,
          decidedByFactAt: decided.at
        })
      )
    }
    const date = demoDate(facts)
    if (date && !isSame(date, lead.demoDate)) events.push(newEvent(LeadDemoDateChanged, leadId, { ...ids, ...date }))
    return events
  }
}
