import {
  NoteQueued,
  NoteWritten,
  ObjectOutcomeUnknown,
  ObjectQueued,
  ObjectRefused,
  ObjectSimulated,
  ObjectWritten,
  OutcomeUnknown,
  PersonErased,
  RecordWritten,
  WriteQueued,
  WriteRefused,
  WriteSimulated,
  type DataOf,
  type EventOf
} from '@leadlog/contracts'
import { defineProjection } from '@leadlog/projections'
import { ownLeadsOnly } from '../database/row-policies.ts'
import { CRM_WRITES_TABLE, crmWriteColumns, type CrmWriteRow } from './crm-writes.table.ts'

type CrmSyncEvent = EventOf<
  | typeof WriteQueued
  | typeof RecordWritten
  | typeof WriteSimulated
  | typeof WriteRefused
  | typeof OutcomeUnknown
  | typeof NoteQueued
  | typeof NoteWritten
  | typeof ObjectQueued
  | typeof ObjectWritten
  | typeof ObjectSimulated
  | typeof ObjectRefused
  | typeof ObjectOutcomeUnknown
>

/** Every write and note for the CRM with its outcome. One call may settle several of them. */
export const crmWrites = defineProjection({
  name: 'gateway-crm-writes',
  version: 6,
  table: CRM_WRITES_TABLE,
  columns: crmWriteColumns,
  indexes: [
    { on: 'queued_at desc, id desc' },
    { on: 'lead_id, queued_at desc, id desc' },
    { on: 'state, queued_at desc, id desc' },
    { on: 'correlation_id', where: 'settled_at is null' }
  ],
  on: [
    WriteQueued,
    RecordWritten,
    WriteSimulated,
    WriteRefused,
    OutcomeUnknown,
    NoteQueued,
    NoteWritten,
    ObjectQueued,
    ObjectWritten,
    ObjectSimulated,
    ObjectRefused,
    ObjectOutcomeUnknown,
    PersonErased
  ],
  key: (event: CrmSyncEvent | EventOf<typeof PersonErased>) => {
    if ('crmWriteIds' in event.data) return event.data.crmWriteIds
    if ('writeIds' in event.data) return event.data.writeIds
    return 'noteId' in event.data ? event.data.noteId : event.data.writeId
  },
  evolve: {
    [PersonErased.type]: () => null,
    [WriteQueued.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({ ...queued(before, event), kind: 'record' })),
    [NoteQueued.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({
        ...queued(before, event),
        kind: 'note',
        meeting_id: event.data.meetingId,
        note_kind: event.data.kind,
        note_title: event.data.title,
        note_content: event.data.content
      })),
    [OutcomeUnknown.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({ ...unknown(before, event), kind: event.data.kind })),
    [RecordWritten.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({ ...written(before, event), kind: 'record' })),
    [NoteWritten.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({
        ...settled(before, event),
        kind: 'note',
        state: 'written',
        crm_id: event.data.crmId,
        crm_note_id: event.data.crmNoteId,
        action: event.data.how,
        http_status: event.data.httpStatus,
        waited_ms: event.data.waitedMs,
        latency_ms: event.data.latencyMs
      })),
    [WriteSimulated.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({ ...simulated(before, event), kind: event.data.kind })),
    [WriteRefused.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({ ...refused(before, event), kind: event.data.kind })),
    [ObjectQueued.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({ ...queued(before, event), ...ofObject(event) })),
    [ObjectOutcomeUnknown.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({ ...unknown(before, event), ...ofObject(event) })),
    [ObjectWritten.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({ ...written(before, event), ...ofObject(event) })),
    [ObjectSimulated.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({ ...simulated(before, event), ...ofObject(event) })),
    [ObjectRefused.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({ ...refused(before, event), ...ofObject(event) }))
  },
  setup: ownLeadsOnly('lead_id')
})

/** Applies what is newer than the row; what the row already holds changes nothing. */
function newer(
  row: CrmWriteRow | null,
  event: CrmSyncEvent,
  id: string,
  change: (before: CrmWriteRow) => CrmWriteRow
): CrmWriteRow {
  if (row !== null && event.sequence <= row.sequence) return row
  return { ...change(row ?? blank(id, event)), sequence: event.sequence }
}

function blank(id: string, event: CrmSyncEvent): CrmWriteRow {
  return {
    id,
    sequence: 0,
    lead_id: event.data.leadId,
    kind: 'record',
    object_key: null,
    provider: event.data.provider,
    module: event.data.module,
    lane: null,
    state: 'queued',
    cause_id: null,
    correlation_id: event.correlationid,
    queued_event_id: null,
    queued_at: event.time,
    settled_event_id: null,
    settled_at: null,
    unknown_reason: null,
    crm_id: null,
    crm_note_id: null,
    action: null,
    field_names: [],
    field_values: null,
    http_status: null,
    batch_size: null,
    waited_ms: null,
    latency_ms: null,
    error_code: null,
    error_field: null,
    error_message: null,
    note_kind: null,
    note_title: null,
    note_content: null,
    meeting_id: null,
    mapping_version: null
  }
}

function ofObject({ data }: { data: Pick<DataOf<typeof ObjectQueued>, 'kind' | 'key'> }) {
  return { kind: data.kind, object_key: data.key }
}

function queued(
  before: CrmWriteRow,
  event: EventOf<typeof WriteQueued | typeof NoteQueued | typeof ObjectQueued>
): CrmWriteRow {
  return {
    ...before,
    correlation_id: event.correlationid,
    queued_event_id: event.id,
    queued_at: event.time,
    lane: event.data.lane,
    cause_id: event.data.causeId
  }
}

function unknown(
  before: CrmWriteRow,
  event: EventOf<typeof OutcomeUnknown | typeof ObjectOutcomeUnknown>
): CrmWriteRow {
  return {
    ...before,
    state: before.settled_at === null ? 'unknown' : before.state,
    unknown_reason: event.data.reason
  }
}

function written(before: CrmWriteRow, event: EventOf<typeof RecordWritten | typeof ObjectWritten>): CrmWriteRow {
  const { crmId, action, fieldNames, values, httpStatus, batchSize, waitedMs, latencyMs } = event.data
  return {
    ...settled(before, event),
    state: action === 'unchanged' ? 'unchanged' : 'written',
    crm_id: crmId,
    action,
    field_names: fieldNames,
    field_values: values,
    http_status: httpStatus,
    batch_size: batchSize,
    waited_ms: waitedMs,
    latency_ms: latencyMs
  }
}

function simulated(before: CrmWriteRow, event: EventOf<typeof WriteSimulated | typeof ObjectSimulated>): CrmWriteRow {
  const { fieldNames, values } = event.data
  return { ...settled(before, event), state: 'simulated', field_names: fieldNames, field_values: values }
}

function refused(before: CrmWriteRow, event: EventOf<typeof WriteRefused | typeof ObjectRefused>): CrmWriteRow {
  const { httpStatus, code, field, message } = event.data
  return {
    ...settled(before, event),
    state: 'refused',
    http_status: httpStatus,
    error_code: code,
    error_field: field,
    error_message: message
  }
}

/** The newest outcome stands: a refused write that was mended and written is written. */
function settled(before: CrmWriteRow, event: CrmSyncEvent): CrmWriteRow {
  return {
    ...before,
    settled_event_id: event.id,
    settled_at: event.time,
    mapping_version: ('mappingVersion' in event.data ? event.data.mappingVersion : undefined) ?? null,
    error_code: null,
    error_field: null,
    error_message: null
  }
}
