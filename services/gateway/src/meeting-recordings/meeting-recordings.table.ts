import type { DataOf, MeetingRecordingDeleted, MeetingRecordingGap, MeetingRecordingStored } from '@leadlog/contracts'
import { column, type RowOfColumns } from '@leadlog/projections'

export const MEETING_RECORDINGS_TABLE = 'gateway.meeting_recordings'

/** One row per file that Zoom has, or had, of a meeting. */
export const meetingRecordingColumns = {
  id: column.text({ primaryKey: true }),
  sequence: column.bigint(),
  meeting_id: column.text(),
  person_id: column.text(),
  kind: column.text<DataOf<typeof MeetingRecordingStored>['kind']>(),
  state: column.text<'waiting' | 'stored' | 'unavailable' | 'deleted'>(),
  unavailable_because: column.text<MeetingRecordingGap>({ nullable: true }),
  deleted_because: column.text<DataOf<typeof MeetingRecordingDeleted>['reason']>({ nullable: true }),
  deleted_at: column.timestamptz({ nullable: true }),
  /** In the store of files. */
  file: column.text({ nullable: true }),
  content_type: column.text({ nullable: true }),
  size_bytes: column.bigint({ nullable: true }),
  digest: column.text({ nullable: true }),
  started_at: column.timestamptz({ nullable: true }),
  ended_at: column.timestamptz({ nullable: true }),
  stored_at: column.timestamptz({ nullable: true }),
  /** Of a transcript. */
  spoken: column.jsonb<
    readonly { readonly startMs: number; readonly endMs: number; readonly speaker: string; readonly words: string }[]
  >({
    nullable: true
  })
}

export type MeetingRecordingRow = RowOfColumns<typeof meetingRecordingColumns>
