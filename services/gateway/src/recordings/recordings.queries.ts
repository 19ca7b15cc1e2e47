import type { ReadDatabase } from '../database/database.ts'
import type { PlayableRow } from './playback.ts'
import type { Recording } from './recording.schema.ts'
import type { RecordingRow } from './recordings.table.ts'

/** The recordings of a call, in the order in which they were made. */
export async function findRecordings(db: ReadDatabase, callId: string): Promise<Recording[]> {
  const rows = await db
    .selectFrom('gateway.recordings')
    .selectAll()
    .where('call_id', '=', callId)
    .orderBy('started_at')
    .orderBy('id')
    .execute()
  return rows.map(recordingOf)
}

/** Null for one that there is not, or that is not to be seen. */
export async function findPlayable(db: ReadDatabase, callId: string, recordingId: string): Promise<PlayableRow | null> {
  const row = await db
    .selectFrom('gateway.recordings')
    .select(['id', 'person_id', 'state', 'file', 'content_type', 'digest'])
    .where('id', '=', recordingId)
    .where('call_id', '=', callId)
    .executeTakeFirst()
  return row ?? null
}

function recordingOf(row: RecordingRow): Recording {
  return {
    id: row.id,
    callId: row.call_id,
    recordingSid: row.recording_sid,
    state: row.state,
    unavailableBecause: row.unavailable_because,
    deletedBecause: row.deleted_because,
    deletedAt: row.deleted_at,
    audioUrl: row.state === 'stored' ? `/v1/calls/${row.call_id}/recordings/${row.id}/audio` : null,
    contentType: row.content_type,
    sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes),
    durationSeconds: row.duration_seconds,
    channels: row.channels,
    sales: row.sales,
    startedAt: row.started_at,
    storedAt: row.stored_at,
    transcript: transcriptOf(row)
  }
}

function transcriptOf({ state, transcript }: RecordingRow): Recording['transcript'] {
  const nothing = { code: null, language: null, segments: [], provider: null, model: null }
  const unknown = { ...nothing, costMicroUsd: null, latencyMs: null }
  if (transcript === null) return { ...unknown, state: state === 'stored' ? 'waiting' : 'none' }
  if (transcript.state !== 'transcribed') return { ...unknown, state: transcript.state, code: transcript.code }
  const { eventId: _eventId, segments, ...rest } = transcript
  return { ...rest, code: null, segments: [...segments] }
}
