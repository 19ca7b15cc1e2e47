import { column, type RowOfColumns } from '@leadlog/projections'

export const CRM_WRITES_TABLE = 'gateway.crm_writes'

/** `unknown`: the CRM did not answer; it is looked up before the write is tried again. */
export type CrmWriteState = 'queued' | 'unknown' | 'written' | 'unchanged' | 'simulated' | 'refused'

/** The record of a lead, a note of it, or an object beside it. */
export type CrmWriteKind = 'record' | 'note' | 'contact' | 'deal' | 'task'

/** One row per write or note that the CRM was to get, from its queueing to the vendor's answer. */
export const crmWriteColumns = {
  id: column.text({ primaryKey: true }),
  sequence: column.bigint(),
  lead_id: column.text(),
  kind: column.text<CrmWriteKind>(),
  object_key: column.text({ nullable: true }),
  provider: column.text(),
  module: column.text(),
  lane: column.text({ nullable: true }),
  state: column.text<CrmWriteState>(),
  cause_id: column.text({ nullable: true }),
  correlation_id: column.text({ index: true }),
  queued_event_id: column.text({ nullable: true }),
  queued_at: column.timestamptz(),
  settled_event_id: column.text({ nullable: true, index: true }),
  settled_at: column.timestamptz({ nullable: true }),
  unknown_reason: column.text({ nullable: true }),
  crm_id: column.text({ nullable: true }),
  crm_note_id: column.text({ nullable: true }),
  action: column.text({ nullable: true }),
  field_names: column.textArray(),
  field_values: column.jsonb<Readonly<Record<string, unknown>>>({ nullable: true }),
  http_status: column.integer({ nullable: true }),
  batch_size: column.integer({ nullable: true }),
  waited_ms: column.integer({ nullable: true }),
  latency_ms: column.integer({ nullable: true }),
  error_code: column.text({ nullable: true }),
  error_field: column.text({ nullable: true }),
  error_message: column.text({ nullable: true }),
  note_kind: column.text<'booking' | 'meeting'>({ nullable: true }),
  note_title: column.text({ nullable: true }),
  note_content: column.text({ nullable: true }),
  meeting_id: column.text({ nullable: true }),
  mapping_version: column.integer({ nullable: true })
}

export type CrmWriteRow = RowOfColumns<typeof crmWriteColumns>
