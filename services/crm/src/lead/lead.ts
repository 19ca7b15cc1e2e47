import {
  fieldRank,
  isEvent,
  LeadCaptured,
  LeadDemoDateChanged,
  LeadDetailsChanged,
  LeadDetailsEntered,
  LeadEnriched,
  LeadFieldsCleared,
  LeadMeetingRecorded,
  LeadStatusChanged,
  type Customer,
  type EnrichedField,
  type FieldRank,
  type LeadStatus,
  type MeetingFact,
  type RecordedEvent
} from '@leadlog/contracts'
import type { DemoDate } from './demo-date.ts'
import type { DetailsClaim } from './lead-details.ts'

/** Which observation a field's value stems from. */
export interface FieldOrigin {
  readonly observedAt: string
  readonly extractionId: string
  readonly rank: FieldRank
}

/** A lead: one person, with all facts that its status, date and details follow from. */
export interface Lead {
  readonly captured: boolean
  readonly facts: readonly MeetingFact[]
  readonly claims: readonly DetailsClaim[]
  readonly details: Customer | null
  readonly status: LeadStatus
  readonly demoDate: DemoDate | null
  readonly fields: ReadonlyMap<string, FieldOrigin>
}

export const unknownLead: Lead = {
  captured: false,
  facts: [],
  claims: [],
  details: null,
  status: 'new',
  demoDate: null,
  fields: new Map()
}

export function evolveLead(lead: Lead, event: RecordedEvent): Lead {
  if (isEvent(event, LeadCaptured)) return { ...lead, captured: true, details: event.data.customer }
  if (isEvent(event, LeadMeetingRecorded)) {
    const { fact, customer, source } = event.data
    const claims = customer ? [...lead.claims, { customer, source, at: fact.occurredAt }] : lead.claims
    return { ...lead, facts: [...lead.facts, fact], claims }
  }
  if (isEvent(event, LeadDetailsEntered)) {
    const { customer, enteredAt } = event.data
    return { ...lead, claims: [...lead.claims, { customer, source: 'manual', at: enteredAt }] }
  }
  if (isEvent(event, LeadDetailsChanged)) return { ...lead, details: event.data.customer }
  if (isEvent(event, LeadStatusChanged)) return { ...lead, status: event.data.to }
  if (isEvent(event, LeadDemoDateChanged)) {
    const { startsAt, timezone, source } = event.data
    return { ...lead, demoDate: { startsAt, timezone, source } }
  }
  if (isEvent(event, LeadEnriched)) {
    const { observedAt, extractionId } = event.data
    return {
      ...lead,
      fields: new Map([...lead.fields, ...event.data.fields.map((field) => originOf(field, observedAt, extractionId))])
    }
  }
  if (isEvent(event, LeadFieldsCleared)) {
    const cleared = new Set(event.data.fields)
    return { ...lead, fields: new Map([...lead.fields].filter(([field]) => !cleared.has(field))) }
  }
  return lead
}

function originOf(field: EnrichedField, observedAt: string, extractionId: string): [string, FieldOrigin] {
  return [field.field, { observedAt, extractionId, rank: fieldRank(field) }]
}
