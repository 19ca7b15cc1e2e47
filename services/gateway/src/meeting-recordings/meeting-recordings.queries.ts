import type { ReadDatabase } from '../database/database.ts'
import type { PlayableRow } from '../recordings/playback.ts'
import type { MeetingRecording, SpokenTranscript } from './meeting-recording.schema.ts'
import type { MeetingRecordingRow } from './meeting-recordings.table.ts'

/** The recordings of a meeting and of those that turned out to be it, in the order in which they were made. */
export async function findMeetingRecordings(
  db: ReadDatabase,
  meetingIds: readonly string[]
): Promise<MeetingRecording[]> {
  const rows = await rowsOf(db, meetingIds)
  return rows.map(recordingOf)
}

/** What was said, of all transcripts of the meeting. */
export async function findSpoken(db: ReadDatabase, meetingIds: readonly string[]): Promise<SpokenTranscript['data']> {
  const rows = await rowsOf(db, meetingIds)
  return rows.flatMap(({ spoken }) => spoken ?? []).sort((a, b) => a.startMs - b.startMs)
}

/** Null for one that there is not, or that is not to be seen. */
export async function findPlayableOfMeeting(
  db: ReadDatabase,
  meetingIds: readonly string[],
  recordingId: string
): Promise<PlayableRow | null> {
  const row = await db
    .selectFrom('gateway.meeting_recordings')
    .select(['id', 'person_id', 'state', 'file', 'content_type', 'digest'])
    .where('id', '=', recordingId)
    .where('meeting_id', 'in', meetingIds)
    .executeTakeFirst()
  return row ?? null
}

function rowsOf(db: ReadDatabase, meetingIds: readonly string[]): Promise<MeetingRecordingRow[]> {
  return db
    .selectFrom('gateway.meeting_recordings')
    .selectAll()
    .where('meeting_id', 'in', meetingIds)
    .orderBy('started_at')
    .orderBy('kind')
    .orderBy('id')
    .execute()
}

function recordingOf(row: MeetingRecordingRow): MeetingRecording {
  const isPlayable = row.state === 'stored' && row.kind !== 'transcript'
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    unavailableBecause: row.unavailable_because,
    deletedBecause: row.deleted_because,
    deletedAt: row.deleted_at,
    mediaUrl: isPlayable ? `/v1/meetings/${row.meeting_id}/recordings/${row.id}/media` : null,
    contentType: row.content_type,
    sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes),
    startedAt: row.started_at,
    endedAt: row.ended_at,
    storedAt: row.stored_at
  }
}
