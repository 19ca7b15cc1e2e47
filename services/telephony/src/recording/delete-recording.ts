import { newEvent, RecordingDeleted, type DataOf, type NewEvent, type RecordedEvent } from '@leadlog/contracts'
import type { FileStore } from '@leadlog/files'
import { recordingOf } from './recording.ts'

export type Deletion = Pick<DataOf<typeof RecordingDeleted>, 'reason' | 'note' | 'deletedAt'>

/**
 * Deletes the sound of a recording, then records it: an interruption in between deletes what is gone once more. Nothing
 * happens where there is none, or none any more.
 *
 * @param append appends what is decided on the recording's history
 */
export async function deleteSound(
  files: Pick<FileStore, 'remove'>,
  history: readonly RecordedEvent[],
  deletion: Deletion,
  append: (decide: (history: readonly RecordedEvent[]) => readonly NewEvent[]) => Promise<unknown>
): Promise<void> {
  const { stored, deleted } = recordingOf(history)
  if (stored === null) return
  await files.remove(stored.file)
  if (deleted === null) await append((newest) => decideDeleted(newest, deletion))
}

function decideDeleted(history: readonly RecordedEvent[], deletion: Deletion): readonly NewEvent[] {
  const { stored, deleted } = recordingOf(history)
  if (stored === null || deleted !== null) return []
  const { recordingId, callId, personId, leadId, recordingSid } = stored
  return [newEvent(RecordingDeleted, recordingId, { recordingId, callId, personId, leadId, recordingSid, ...deletion })]
}
