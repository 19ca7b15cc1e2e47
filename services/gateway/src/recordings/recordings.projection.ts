import {
  CallNotTranscribed,
  CallTranscribed,
  PersonErased,
  RecordingDeleted,
  RecordingStored,
  RecordingUnavailable,
  type EventOf
} from '@leadlog/contracts'
import { defineProjection } from '@leadlog/projections'
import { ownLeadsAndCallsOnly } from '../database/row-policies.ts'
import { recordingColumns, RECORDINGS_TABLE, type RecordingRow } from './recordings.table.ts'

const recordingEvents = [
  RecordingStored,
  RecordingUnavailable,
  RecordingDeleted,
  CallTranscribed,
  CallNotTranscribed
] as const

type RecordingEvent = EventOf<(typeof recordingEvents)[number]>

/** Every recording of a call: whether it can be played, and what was said. */
export const recordings = defineProjection({
  name: 'gateway-recordings',
  version: 1,
  table: RECORDINGS_TABLE,
  columns: recordingColumns,
  indexes: [{ on: 'call_id' }, { on: 'person_id' }],
  on: [...recordingEvents, PersonErased],
  key: (event: RecordingEvent | EventOf<typeof PersonErased>) =>
    'recordingId' in event.data ? event.data.recordingId : (event.data.recordingIds ?? []),
  evolve: {
    [PersonErased.type]: () => null,
    [RecordingStored.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({
        ...before,
        state: 'stored',
        unavailable_because: null,
        file: event.data.file,
        content_type: event.data.contentType,
        size_bytes: event.data.sizeBytes,
        digest: event.data.digest,
        duration_seconds: event.data.durationSeconds,
        channels: event.data.channels,
        recording_sid: event.data.recordingSid,
        sales: event.data.sales,
        started_at: event.data.startedAt,
        stored_at: event.data.storedAt
      })),
    // An erased person's row is gone already, and a last word about it does not bring it back.
    [RecordingUnavailable.type]: (row, event, id) =>
      event.data.reason === 'erased'
        ? null
        : newer(row, event, id, (before) => ({
            ...before,
            state: 'unavailable',
            recording_sid: event.data.recordingSid,
            unavailable_because: event.data.reason
          })),
    [RecordingDeleted.type]: (row, event, id) =>
      row === null
        ? null
        : newer(row, event, id, (before) => ({
            ...before,
            state: 'deleted',
            deleted_because: event.data.reason,
            deleted_at: event.data.deletedAt
          })),
    [CallTranscribed.type]: (row, event, id) =>
      row === null
        ? null
        : newer(row, event, id, (before) => ({
            ...before,
            transcript: {
              state: 'transcribed',
              eventId: event.id,
              language: event.data.language,
              segments: event.data.segments,
              provider: event.data.call.provider,
              model: event.data.call.model,
              costMicroUsd: event.data.call.costMicroUsd,
              latencyMs: event.data.call.latencyMs
            }
          })),
    [CallNotTranscribed.type]: (row, event, id) =>
      row === null
        ? null
        : newer(row, event, id, (before) =>
            before.transcript?.state === 'transcribed'
              ? before
              : { ...before, transcript: { state: event.data.reason, code: event.data.code } }
          )
  },
  setup: ownLeadsAndCallsOnly('lead_id', 'call_id')
})

/** Applies what is newer than the row; what the row already holds changes nothing. */
function newer(
  row: RecordingRow | null,
  event: RecordingEvent,
  id: string,
  change: (before: RecordingRow) => RecordingRow
): RecordingRow {
  if (row !== null && event.sequence <= row.sequence) return row
  return { ...change(row ?? blank(id, event)), sequence: event.sequence }
}

function blank(id: string, { data: { callId, personId, leadId } }: RecordingEvent): RecordingRow {
  return {
    id,
    sequence: 0,
    call_id: callId,
    person_id: personId,
    lead_id: leadId,
    recording_sid: '',
    state: 'stored',
    unavailable_because: null,
    deleted_because: null,
    deleted_at: null,
    file: null,
    content_type: null,
    size_bytes: null,
    digest: null,
    duration_seconds: null,
    channels: null,
    sales: false,
    started_at: null,
    stored_at: null,
    transcript: null
  }
}
