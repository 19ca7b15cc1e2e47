import { ExtractionKind, LeadStatus, Nullable, OneOf, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import type { LeadRow } from './leads.table.ts'

export const LEAD_STATUSES = ['new', 'demo-booked', 'demo-complete', 'demo-canceled', 'demo-no-show'] as const
export const LEAD_SYNC_STATES = ['none', 'queued', 'unknown', 'written', 'simulated', 'refused'] as const

const leadFields = {
  id: Type.String(),
  email: Type.String(),
  name: Nullable(Type.String()),
  firstName: Nullable(Type.String()),
  lastName: Nullable(Type.String()),
  phone: Nullable(Type.String()),
  company: Nullable(Type.String()),
  title: Nullable(Type.String()),
  timezone: Nullable(Type.String()),
  status: LeadStatus,
  statusChangedAt: Nullable(Timestamp),
  origin: Nullable(Type.String({ description: 'calendly, readai or manual' })),
  capturedAt: Timestamp,
  demo: Nullable(
    Type.Object({
      startsAt: Timestamp,
      timezone: Nullable(Type.String()),
      source: OneOf('calendar', 'notetaker')
    })
  ),
  meetingCount: Type.Integer(),
  fieldCount: Type.Integer({ description: 'fields that extractions gave' }),
  lastActivityAt: Timestamp,
  crm: Type.Object({
    state: OneOf(...LEAD_SYNC_STATES),
    provider: Nullable(Type.String()),
    module: Nullable(Type.String()),
    id: Nullable(Type.String()),
    syncedAt: Nullable(Timestamp),
    waitingWrites: Type.Integer(),
    error: Nullable(Type.String())
  })
}

/** A lead as a list shows it. */
export const Lead = Type.Object(leadFields)
export type Lead = Static<typeof Lead>

/** A field's value with where it comes from. */
export const LeadField = Type.Object({
  value: Type.Union([Type.String(), Type.Number(), Type.Array(Type.String())]),
  evidence: Nullable(Type.String({ description: 'the words that support the value' })),
  kind: ExtractionKind,
  provider: Type.String({ description: 'rules, gemini or openai' }),
  model: Type.String(),
  promptVersion: Type.String(),
  confidence: Nullable(Type.Number()),
  extractionId: Type.String(),
  meetingId: Type.String(),
  observedAt: Timestamp,
  eventId: Type.String({ description: 'the event that gave the value; its trace shows the whole way' })
})

/** A lead with every field and its provenance. */
export const LeadDetail = Type.Object({
  ...leadFields,
  meetingIds: Type.Array(Type.String()),
  fields: Type.Record(Type.String(), LeadField)
})
export type LeadDetail = Static<typeof LeadDetail>

/** What a list needs of a row. The fields with their evidence are most of it, and a list only counts them. */
export type ListedLeadRow = Omit<LeadRow, 'fields' | 'search'> & { readonly field_count: number }

export function leadOf(row: ListedLeadRow): Lead {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    firstName: row.first_name,
    lastName: row.last_name,
    phone: row.phone,
    company: row.company,
    title: row.title,
    timezone: row.timezone,
    status: row.status,
    statusChangedAt: row.status_changed_at,
    origin: row.origin,
    capturedAt: row.captured_at,
    demo:
      row.demo_at === null
        ? null
        : { startsAt: row.demo_at, timezone: row.demo_timezone, source: row.demo_source ?? 'calendar' },
    meetingCount: row.meeting_ids.length,
    fieldCount: row.field_count,
    lastActivityAt: row.last_activity_at,
    crm: {
      state: row.sync_state,
      provider: row.crm_provider,
      module: row.crm_module,
      id: row.crm_id,
      syncedAt: row.synced_at,
      waitingWrites: row.open_writes.length,
      error: row.sync_error
    }
  }
}

export function leadDetailOf(row: LeadRow): LeadDetail {
  const fields = Object.entries(row.fields).map(
    ([name, field]) => [name, { ...field, value: plain(field.value) }] as const
  )
  return {
    ...leadOf({ ...row, field_count: fields.length }),
    meetingIds: [...row.meeting_ids],
    fields: Object.fromEntries(fields)
  }
}

function plain(value: string | number | readonly string[]): string | number | string[] {
  return typeof value === 'string' || typeof value === 'number' ? value : [...value]
}
