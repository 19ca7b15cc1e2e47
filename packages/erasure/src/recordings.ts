import { isEvent, RecordingDeleted, RecordingStored } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'

/** The sound of a call that is kept. */
export interface KeptRecording {
  readonly recordingId: string
  readonly callId: string
  readonly sizeBytes: number
}

/** Those of the recordings whose sound is still there. */
export async function keptRecordings(
  log: Pick<EventLog, 'load'>,
  recordingIds: readonly string[]
): Promise<readonly KeptRecording[]> {
  const kept: KeptRecording[] = []
  for (const id of recordingIds) {
    const { events } = await log.load({ context: 'telephony', aggregate: 'recording', id })
    const stored = events.find((event) => isEvent(event, RecordingStored))?.data
    if (stored === undefined || events.some((event) => isEvent(event, RecordingDeleted))) continue
    kept.push({ recordingId: id, callId: stored.callId, sizeBytes: stored.sizeBytes })
  }
  return kept
}
