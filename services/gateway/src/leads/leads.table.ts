import type { ExtractionKind, LeadStatus } from '@leadlog/contracts'
import { column, type RowOfColumns } from '@leadlog/projections'

export const LEADS_TABLE = 'gateway.leads'
/** The function that finds leads by what somebody typed. */
export const LEADS_FINDER = 'gateway.find_leads'

/** A field's value with where it comes from. */
export interface LeadField {
  readonly value: string | number | readonly string[]
  readonly evidence: string | null
  readonly kind: ExtractionKind
  readonly provider: string
  readonly model: string
  readonly promptVersion: string
  readonly confidence: number | null
  readonly extractionId: string
  readonly meetingId: string
  /** Own time of what was read. */
  readonly observedAt: string
  /** The event that gave the lead the value: where its trace begins. */
  readonly eventId: string
}

/** How the CRM stands to the lead: `none` before anything was queued, `queued` while a write waits. */
export type LeadSyncState = 'none' | 'queued' | 'unknown' | 'written' | 'simulated' | 'refused'

/** One row per lead, as its own events and those of its CRM record tell it. */
export const leadColumns = {
  id: column.text({ primaryKey: true }),
  sequence: column.bigint(),
  person_id: column.text({ index: true }),
  email: column.text(),
  email_lower: column.text(),
  name: column.text({ nullable: true }),
  first_name: column.text({ nullable: true }),
  last_name: column.text({ nullable: true }),
  phone: column.text({ nullable: true }),
  timezone: column.text({ nullable: true }),
  company: column.text({ nullable: true }),
  title: column.text({ nullable: true }),
  status: column.text<LeadStatus>(),
  status_changed_at: column.timestamptz({ nullable: true }),
  origin: column.text({ nullable: true }),
  captured: column.boolean(),
  captured_at: column.timestamptz(),
  demo_at: column.timestamptz({ nullable: true }),
  demo_timezone: column.text({ nullable: true }),
  demo_source: column.text<'calendar' | 'notetaker'>({ nullable: true }),
  fields: column.jsonb<Readonly<Record<string, LeadField>>>(),
  meeting_ids: column.textArray(),
  merged_meeting_ids: column.textArray(),
  last_activity_at: column.timestamptz(),
  crm_provider: column.text({ nullable: true }),
  crm_module: column.text({ nullable: true }),
  crm_id: column.text({ nullable: true }),
  sync_state: column.text<LeadSyncState>(),
  sync_error: column.text({ nullable: true }),
  synced_at: column.timestamptz({ nullable: true }),
  open_writes: column.textArray(),
  /** What the search compares; see `searchText`. */
  search: column.text()
}

export type LeadRow = RowOfColumns<typeof leadColumns>
