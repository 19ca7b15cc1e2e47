import { Nullable, OneOf, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import type { CrmWriteRow } from './crm-writes.table.ts'

export const CRM_WRITE_KINDS = ['record', 'note', 'contact', 'deal', 'task'] as const
export const CRM_WRITE_STATES = ['queued', 'unknown', 'written', 'unchanged', 'simulated', 'refused'] as const

/** A write of a lead's record, a note, or a write of a contact, a deal or a task for the CRM, from its queueing to the vendor's answer. */
export const CrmWrite = Type.Object({
  id: Type.String(),
  leadId: Type.String(),
  kind: OneOf(...CRM_WRITE_KINDS),
  key: Nullable(Type.String({ description: "the sender's own key of a contact, a deal or a task" })),
  state: OneOf(...CRM_WRITE_STATES),
  provider: Type.String(),
  module: Type.String(),
  lane: Nullable(Type.String()),
  crmId: Nullable(Type.String()),
  crmNoteId: Nullable(Type.String()),
  action: Nullable(Type.String({ description: 'insert, update, unchanged, written or reconciled' })),
  fieldNames: Type.Array(Type.String()),
  values: Nullable(Type.Record(Type.String(), Type.Unknown(), { description: 'CRM field name to value, as sent' })),
  note: Nullable(
    Type.Object({
      kind: OneOf('booking', 'meeting'),
      meetingId: Nullable(Type.String()),
      title: Type.String(),
      content: Type.String()
    })
  ),
  causeId: Nullable(Type.String({ description: 'the event that made the write necessary' })),
  receivedEventId: Type.String({ description: 'the webhook (or command) at the beginning' }),
  queuedEventId: Nullable(Type.String()),
  settledEventId: Nullable(Type.String()),
  queuedAt: Timestamp,
  settledAt: Nullable(Timestamp),
  httpStatus: Nullable(Type.Integer()),
  batchSize: Nullable(Type.Integer()),
  waitedMs: Nullable(Type.Integer({ description: "time spent waiting for the vendor's budget" })),
  latencyMs: Nullable(Type.Integer()),
  mappingVersion: Nullable(Type.Integer({ description: 'of the field mapping that the values were made by' })),
  unknownReason: Nullable(Type.String()),
  error: Nullable(Type.Object({ code: Type.String(), field: Nullable(Type.String()), message: Type.String() }))
})
export type CrmWrite = Static<typeof CrmWrite>

export function crmWriteOf(row: CrmWriteRow): CrmWrite {
  return {
    id: row.id,
    leadId: row.lead_id,
    kind: row.kind,
    key: row.object_key,
    state: row.state,
    provider: row.provider,
    module: row.module,
    lane: row.lane,
    crmId: row.crm_id,
    crmNoteId: row.crm_note_id,
    action: row.action,
    fieldNames: [...row.field_names],
    values: row.field_values,
    note:
      row.note_kind === null
        ? null
        : {
            kind: row.note_kind,
            meetingId: row.meeting_id,
            title: row.note_title ?? '',
            content: row.note_content ?? ''
          },
    causeId: row.cause_id,
    receivedEventId: row.correlation_id,
    queuedEventId: row.queued_event_id,
    settledEventId: row.settled_event_id,
    queuedAt: row.queued_at,
    settledAt: row.settled_at,
    httpStatus: row.http_status,
    batchSize: row.batch_size,
    waitedMs: row.waited_ms,
    latencyMs: row.latency_ms,
    mappingVersion: row.mapping_version,
    unknownReason: row.unknown_reason,
    error:
      row.error_code === null
        ? null
        : { code: row.error_code, field: row.error_field, message: row.error_message ?? '' }
  }
}
