import type { Customer, DataOf, EventOf, LeadEnriched, LeadFieldsCleared, MeetingFact } from '@leadlog/contracts'
import type { LeadField, LeadRow } from './leads.table.ts'

/** The lead with the details as they now stand. */
export function withCustomer(row: LeadRow, customer: Customer): LeadRow {
  return {
    ...row,
    email: customer.email,
    email_lower: customer.email.toLowerCase(),
    name: customer.name ?? joined(customer.firstName, customer.lastName) ?? row.name,
    first_name: customer.firstName ?? row.first_name,
    last_name: customer.lastName ?? row.last_name,
    phone: customer.phone ?? row.phone,
    timezone: customer.timezone ?? row.timezone
  }
}

function joined(...parts: readonly (string | null)[]): string | null {
  const text = parts.filter((part) => part !== null && part !== '').join(' ')
  return text === '' ? null : text
}

/** The lead with a fact about one of its meetings. */
export function withMeeting(row: LeadRow, fact: MeetingFact): LeadRow {
  const merged = fact.kind === 'merged' ? [...new Set([...row.merged_meeting_ids, fact.key])] : row.merged_meeting_ids
  const meetings = [...new Set([...row.meeting_ids, fact.meetingId])].filter((id) => !merged.includes(id))
  const at = fact.kind === 'merged' ? row.last_activity_at : later(row.last_activity_at, fact.occurredAt)
  return { ...row, meeting_ids: meetings, merged_meeting_ids: merged, last_activity_at: at }
}

/** The lead with the fields that an extraction gave it, each with its provenance. */
export function withFields(row: LeadRow, event: EventOf<typeof LeadEnriched>): LeadRow {
  const { kind, provider, model, promptVersion, confidence, extractionId, meetingId, observedAt } = event.data
  const origin = { kind, provider, model, promptVersion, confidence, extractionId, meetingId, observedAt }
  const added = event.data.fields.map(({ field, value, evidence }): [string, LeadField] => [
    field,
    { value, evidence, ...origin, eventId: event.id }
  ])
  const fields = { ...row.fields, ...Object.fromEntries(added) }
  return {
    ...row,
    fields,
    first_name: row.first_name ?? textField(fields, 'firstName'),
    last_name: row.last_name ?? textField(fields, 'lastName'),
    name: row.name ?? joined(textField(fields, 'firstName'), textField(fields, 'lastName')),
    phone: row.phone ?? textField(fields, 'phone'),
    ...shownFields(fields),
    last_activity_at: later(row.last_activity_at, observedAt)
  }
}

/** The lead without the fields that their extraction, read anew, no longer supports. */
export function withoutFields(row: LeadRow, { extractionId, fields }: DataOf<typeof LeadFieldsCleared>): LeadRow {
  const gone = new Set(fields)
  const kept = Object.fromEntries(
    Object.entries(row.fields).filter(([name, field]) => !gone.has(name) || field.extractionId !== extractionId)
  )
  return { ...row, fields: kept, ...shownFields(kept) }
}

/** The fields that lists show. */
function shownFields(fields: Readonly<Record<string, LeadField>>): Pick<LeadRow, 'company' | 'title'> {
  return { company: textField(fields, 'company'), title: textField(fields, 'title') }
}

function textField(fields: Readonly<Record<string, LeadField>>, name: string): string | null {
  const value = fields[name]?.value
  return typeof value === 'string' && value !== '' ? value : null
}

/** The later of two times. */
export function later(a: string, b: string): string {
  return Date.parse(b) > Date.parse(a) ? b : a
}
