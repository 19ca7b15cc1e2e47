import {
  isEvent,
  MeetingRecordingDeleted,
  MeetingRecordingStored,
  MeetingRecordingUnavailable,
  newEvent,
  type AggregateRef,
  type DataOf,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import type { FileStore } from '@leadlog/files'

/** What is known of a recording of a meeting. */
export interface Recording {
  readonly stored: DataOf<typeof MeetingRecordingStored> | null
  /** Why it could not be stored so far. */
  readonly unavailable: DataOf<typeof MeetingRecordingUnavailable> | null
  readonly deleted: DataOf<typeof MeetingRecordingDeleted> | null
}

/** Of what the files are, in the store. */
export const FILES_KIND = 'meeting-recordings'

export function recordingRef(recordingId: string): AggregateRef {
  return { context: 'meetings', aggregate: 'recording', id: recordingId }
}

export function recordingOf(events: readonly RecordedEvent[]): Recording {
  let recording: Recording = { stored: null, unavailable: null, deleted: null }
  for (const event of events) {
    if (isEvent(event, MeetingRecordingStored)) recording = { ...recording, stored: event.data, deleted: null }
    if (isEvent(event, MeetingRecordingUnavailable)) recording = { ...recording, unavailable: event.data }
    if (isEvent(event, MeetingRecordingDeleted)) recording = { ...recording, deleted: event.data }
  }
  return recording
}

/**
 * Deletes a recording, then records it: an interruption in between deletes what is gone once more. Nothing happens where there
 * is none, or none any more.
 *
 * @param append appends what is decided on the recording's history
 */
export async function deleteFile(
  files: Pick<FileStore, 'remove'>,
  history: readonly RecordedEvent[],
  deletion: Pick<DataOf<typeof MeetingRecordingDeleted>, 'reason' | 'deletedAt'>,
  append: (decide: (history: readonly RecordedEvent[]) => readonly NewEvent[]) => Promise<unknown>
): Promise<void> {
  const { stored, deleted } = recordingOf(history)
  if (stored === null) return
  await files.remove(stored.file)
  if (deleted !== null) return
  await append((newest) => {
    const { stored: kept, deleted: gone } = recordingOf(newest)
    if (kept === null || gone !== null) return []
    const { recordingId, meetingId, personId, kind } = kept
    return [newEvent(MeetingRecordingDeleted, recordingId, { recordingId, meetingId, personId, kind, ...deletion })]
  })
}
