import {
  isEvent,
  LeadCaptured,
  LeadDemoDateChanged,
  LeadDetailsChanged,
  LeadEnriched,
  LeadFieldsCleared,
  LeadMeetingRecorded,
  LeadStatusChanged,
  type AggregateRef,
  type Customer,
  type DataOf,
  type RecordedEvent
} from '@leadlog/contracts'
import { addEnrichment, noEnrichment, withoutFields, type Enrichment } from './enrichment.ts'

type MeetingRecorded = DataOf<typeof LeadMeetingRecorded>

interface Origin {
  readonly source: MeetingRecorded['source']
  readonly occurredAt: number
}

interface Report {
  readonly url: string
  readonly occurredAt: number
}

/** What the lead's owner decided last, with the place of the decision. */
interface Decided<Value> {
  readonly value: Value
  readonly sequence: number
}

/** A lead as its events tell it, as far as a CRM record shows it. */
export interface LeadState {
  readonly leadId: string | null
  readonly personId: string | null
  readonly status: Decided<DataOf<typeof LeadStatusChanged>['to']> | null
  readonly details: Decided<Customer> | null
  readonly demo: Decided<{ readonly startsAt: string; readonly timezone: string | null }> | null
  /** Where the lead was first active. */
  readonly origin: Origin | null
  readonly capturedFrom: DataOf<typeof LeadCaptured>['origin'] | null
  readonly report: Report | null
  readonly enrichment: Enrichment
  /** Sequence of the newest lead event folded in; 0 for none. */
  readonly sequence: number
}

export const initialLeadState: LeadState = {
  leadId: null,
  personId: null,
  status: null,
  details: null,
  demo: null,
  origin: null,
  capturedFrom: null,
  report: null,
  enrichment: noEnrichment,
  sequence: 0
}

export function leadRef(leadId: string): AggregateRef {
  return { context: 'crm', aggregate: 'lead', id: leadId }
}

/**
 * Folds a lead's history. Status, details and demo date are what the lead's owner decided last over all facts; facts
 * and observations themselves count by their own times, so their order of arrival plays no part.
 */
export function leadStateOf(events: readonly RecordedEvent[]): LeadState {
  return events.reduce(evolveLead, initialLeadState)
}

export function evolveLead(state: LeadState, event: RecordedEvent): LeadState {
  const { sequence } = event
  const next = { ...state, ...idsOf(event), sequence: Math.max(state.sequence, sequence) }
  if (isEvent(event, LeadCaptured)) {
    const { customer, origin } = event.data
    return { ...next, details: newer(state.details, { value: customer, sequence }), capturedFrom: origin }
  }
  if (isEvent(event, LeadDetailsChanged)) {
    return { ...next, details: newer(state.details, { value: event.data.customer, sequence }) }
  }
  if (isEvent(event, LeadStatusChanged)) {
    return { ...next, status: newer(state.status, { value: event.data.to, sequence }) }
  }
  if (isEvent(event, LeadDemoDateChanged)) {
    const { startsAt, timezone } = event.data
    return { ...next, demo: newer(state.demo, { value: { startsAt, timezone }, sequence }) }
  }
  if (isEvent(event, LeadMeetingRecorded)) return withMeeting(next, event.data)
  if (isEvent(event, LeadEnriched)) return { ...next, enrichment: addEnrichment(state.enrichment, event.data) }
  if (isEvent(event, LeadFieldsCleared)) return { ...next, enrichment: withoutFields(state.enrichment, event.data) }
  return next
}

function idsOf(event: RecordedEvent): Pick<LeadState, 'leadId' | 'personId'> {
  const { leadId, personId } = event.data as { leadId: string; personId: string }
  return { leadId, personId }
}

function withMeeting(state: LeadState, { fact, source }: MeetingRecorded): LeadState {
  const occurredAt = Date.parse(fact.occurredAt)
  return {
    ...state,
    origin: earlier(state.origin, { source, occurredAt }),
    report: fact.reportUrl === null ? state.report : later(state.report, { url: fact.reportUrl, occurredAt })
  }
}

function newer<Value>(known: Decided<Value> | null, candidate: Decided<Value>): Decided<Value> {
  return known === null || candidate.sequence > known.sequence ? candidate : known
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
