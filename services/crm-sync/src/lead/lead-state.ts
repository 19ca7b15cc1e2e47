import {
  isEvent,
  LeadCaptured,
  LeadEnriched,
  LeadMeetingRecorded,
  LeadStatusChanged,
  type DataOf,
  type RecordedEvent
} from '@leadlog/contracts'
import { addContact, noContact, type Contact, type ContactSource } from './contact.ts'
import { addDemoFact, noDemoFacts, type DemoFacts } from './demo-date.ts'
import { addEnrichment, noEnrichment, type Enrichment } from './enrichment.ts'

export type LeadStatusName = DataOf<typeof LeadStatusChanged>['to']

interface Origin {
  readonly source: Exclude<ContactSource, 'first-sight'>
  readonly occurredAt: number
}

interface Report {
  readonly url: string
  readonly occurredAt: number
}

/** A lead as its events tell it, as far as a CRM record shows it. */
export interface LeadState {
  readonly leadId: string | null
  readonly personId: string | null
  readonly status: { readonly name: LeadStatusName; readonly sequence: number }
  readonly origin: Origin | null
  readonly capturedFrom: Origin['source'] | null
  readonly contact: Contact
  readonly demo: DemoFacts
  readonly report: Report | null
  readonly enrichment: Enrichment
  /** Sequence of the newest lead event folded in; 0 for none. */
  readonly sequence: number
}

export const initialLeadState: LeadState = {
  leadId: null,
  personId: null,
  status: { name: 'new', sequence: 0 },
  origin: null,
  capturedFrom: null,
  contact: noContact,
  demo: noDemoFacts,
  report: null,
  enrichment: noEnrichment,
  sequence: 0
}

/**
 * Folds a lead's history. Facts count by their own times, so every order of arrival of the same facts gives the same
 * state; only the status, which the lead's owner derives from the facts, is the one decided last.
 */
export function leadStateOf(events: readonly RecordedEvent[]): LeadState {
  return events.reduce(evolveLead, initialLeadState)
}

export function evolveLead(state: LeadState, event: RecordedEvent): LeadState {
  const next = { ...state, sequence: Math.max(state.sequence, event.sequence) }
  if (isEvent(event, LeadCaptured)) {
    const { leadId, personId, customer, origin, capturedAt } = event.data
    const contact = addContact(state.contact, customer, 'first-sight', Date.parse(capturedAt))
    return { ...next, leadId, personId, contact, capturedFrom: origin }
  }
  if (isEvent(event, LeadMeetingRecorded)) return withMeeting(next, event.data)
  if (isEvent(event, LeadStatusChanged)) {
    const { leadId, personId, to } = event.data
    const newest = event.sequence > state.status.sequence
    return { ...next, leadId, personId, status: newest ? { name: to, sequence: event.sequence } : state.status }
  }
  if (isEvent(event, LeadEnriched)) {
    const { leadId, personId } = event.data
    return { ...next, leadId, personId, enrichment: addEnrichment(state.enrichment, event.data) }
  }
  return next
}

function withMeeting(state: LeadState, data: DataOf<typeof LeadMeetingRecorded>): LeadState {
  const { leadId, personId, fact, customer, source } = data
  const occurredAt = Date.parse(fact.occurredAt)
  return {
    ...state,
    leadId,
    personId,
    origin: earlier(state.origin, { source, occurredAt }),
    contact: customer === null ? state.contact : addContact(state.contact, customer, source, occurredAt),
    demo: addDemoFact(state.demo, fact),
    report: fact.reportUrl === null ? state.report : later(state.report, { url: fact.reportUrl, occurredAt })
  }
}

/** A lead comes from where it was first active by the facts' own times, not from what was heard of first. */
function earlier(known: Origin | null, candidate: Origin): Origin {
  if (known === null) return candidate
  const order = candidate.occurredAt - known.occurredAt
  return order < 0 || (order === 0 && candidate.source < known.source) ? candidate : known
}

function later(known: Report | null, candidate: Report): Report {
  if (known === null) return candidate
  const order = candidate.occurredAt - known.occurredAt
  return order > 0 || (order === 0 && candidate.url > known.url) ? candidate : known
}
