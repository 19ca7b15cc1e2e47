import type { CallSegment, DataOf, RecordingDeleted, RecordingUnavailable } from '@leadlog/contracts'
import { column, type RowOfColumns } from '@leadlog/projections'

export const RECORDINGS_TABLE = 'gateway.recordings'

/** What became of writing it down. `waiting`: nothing yet. */
export type StoredTranscript =
  | {
      readonly state: 'transcribed'
      readonly eventId: string
      readonly language: string | null
      readonly segments: readonly CallSegment[]
      readonly provider: string
      readonly model: string
      readonly costMicroUsd: number
      readonly latencyMs: number
    }
  | { readonly state: 'not-configured' | 'deleted' | 'unsupported' | 'failed'; readonly code: string | null }

/** One row per recording that has an end: stored, or known to be unavailable. */
export const recordingColumns = {
  id: column.text({ primaryKey: true }),
  sequence: column.bigint(),
  call_id: column.text(),
  person_id: column.text(),
  lead_id: column.text({ nullable: true }),
  recording_sid: column.text(),
  state: column.text<'stored' | 'unavailable' | 'deleted'>(),
  unavailable_because: column.text<DataOf<typeof RecordingUnavailable>['reason']>({ nullable: true }),
  deleted_because: column.text<DataOf<typeof RecordingDeleted>['reason']>({ nullable: true }),
  deleted_at: column.timestamptz({ nullable: true }),
  /** In the store of files. */
  file: column.text({ nullable: true }),
  content_type: column.text({ nullable: true }),
  size_bytes: column.bigint({ nullable: true }),
  digest: column.text({ nullable: true }),
  duration_seconds: column.integer({ nullable: true }),
  channels: column.integer({ nullable: true }),
  sales: column.boolean(),
  started_at: column.timestamptz({ nullable: true }),
  stored_at: column.timestamptz({ nullable: true }),
  transcript: column.jsonb<StoredTranscript>({ nullable: true })
}

export type RecordingRow = RowOfColumns<typeof recordingColumns>
