import {
  isEvent,
  MeetingRecordingDeleted,
  MeetingRecordingReported,
  MeetingRecordingStored,
  MeetingRecordingUnavailable,
  MeetingTranscribed,
  PersonErased,
  type EventOf
} from '@leadlog/contracts'
import { defineProjection } from '@leadlog/projections'
import { ownLeadsOnly } from '../database/row-policies.ts'
import {
  MEETING_RECORDINGS_TABLE,
  meetingRecordingColumns,
  type MeetingRecordingRow
} from './meeting-recordings.table.ts'

const recordingEvents = [
  MeetingRecordingReported,
  MeetingRecordingStored,
  MeetingRecordingUnavailable,
  MeetingRecordingDeleted,
  MeetingTranscribed
] as const

type RecordingEvent = EventOf<(typeof recordingEvents)[number]>
type Row = MeetingRecordingRow | null

/** Every recording of a meeting: whether it can be played, and what was said in it. */
export const meetingRecordings = defineProjection({
  name: 'gateway-meeting-recordings',
  version: 1,
  table: MEETING_RECORDINGS_TABLE,
  columns: meetingRecordingColumns,
  indexes: [{ on: 'meeting_id' }, { on: 'person_id' }],
  on: [...recordingEvents, PersonErased],
  key: (event: RecordingEvent | EventOf<typeof PersonErased>) =>
    isEvent(event, PersonErased) ? (event.data.recordingIds ?? []) : event.data.recordingId,
  evolve: {
    [PersonErased.type]: () => null,
    [MeetingRecordingReported.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({
        ...before,
        meeting_id: event.data.meetingId,
        person_id: event.data.personId,
        kind: event.data.kind,
        started_at: event.data.startedAt,
        ended_at: event.data.endedAt
      })),
    [MeetingRecordingStored.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({
        ...before,
        kind: event.data.kind,
        state: 'stored',
        unavailable_because: null,
        file: event.data.file,
        content_type: event.data.contentType,
        size_bytes: event.data.sizeBytes,
        digest: event.data.digest,
        started_at: event.data.startedAt,
        ended_at: event.data.endedAt,
        stored_at: event.data.storedAt
      })),
    // An erased person's row is gone already, and a last word about it does not bring it back.
    [MeetingRecordingUnavailable.type]: (row, event, id) =>
      event.data.reason === 'erased'
        ? null
        : newer(row, event, id, (before) => ({
            ...before,
            kind: event.data.kind,
            state: 'unavailable',
            unavailable_because: event.data.reason
          })),
    [MeetingRecordingDeleted.type]: (row, event, id) =>
      row === null
        ? null
        : newer(row, event, id, (before) => ({
            ...before,
            state: 'deleted',
            deleted_because: event.data.reason,
            deleted_at: event.data.deletedAt
          })),
    [MeetingTranscribed.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({
        ...before,
        kind: 'transcript',
        state: 'stored',
        unavailable_because: null,
        spoken: event.data.transcript
      }))
  },
  setup: ownLeadsOnly('person_id')
})

/** Applies what is newer than the row; what the row already holds changes nothing. */
function newer(
  row: Row,
  event: RecordingEvent,
  id: string,
  change: (before: MeetingRecordingRow) => MeetingRecordingRow
): MeetingRecordingRow {
  if (row !== null && event.sequence <= row.sequence) return row
  return { ...change(row ?? blank(id, event)), sequence: event.sequence }
}

function blank(id: string, { data: { meetingId, personId } }: RecordingEvent): MeetingRecordingRow {
  return {
    id,
    sequence: 0,
    meeting_id: meetingId,
    person_id: personId,
    kind: 'video',
    state: 'waiting',
    unavailable_because: null,
    deleted_because: null,
    deleted_at: null,
    file: null,
    content_type: null,
    size_bytes: null,
    digest: null,
    started_at: null,
    ended_at: null,
    stored_at: null,
    spoken: null
  }
}
