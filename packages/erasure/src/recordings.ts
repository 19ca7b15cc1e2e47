import {
  isEvent,
  MeetingRecordingDeleted,
  MeetingRecordingStored,
  RecordingDeleted,
  RecordingStored
} from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'

/** The sound of a call, or the recording of a meeting, that is kept. */
export interface KeptRecording {
  readonly recordingId: string
  /** Of the call or the meeting. */
  readonly of: string
  readonly sizeBytes: number
}

/** Those of the recordings that are still there. */
export async function keptRecordings(
  log: Pick<EventLog, 'load'>,
  recordingIds: readonly string[]
): Promise<readonly KeptRecording[]> {
  const kept: KeptRecording[] = []
  for (const id of recordingIds) {
    const { events } = await log.load({ context: 'telephony', aggregate: 'recording', id })
    const stored = events.find((event) => isEvent(event, RecordingStored))?.data
    if (stored !== undefined && !events.some((event) => isEvent(event, RecordingDeleted))) {
      kept.push({ recordingId: id, of: stored.callId, sizeBytes: stored.sizeBytes })
    }
    const meeting = (await log.load({ context: 'meetings', aggregate: 'recording', id })).events
    const film = meeting.findLast((event) => isEvent(event, MeetingRecordingStored))?.data
    if (film !== undefined && !meeting.some((event) => isEvent(event, MeetingRecordingDeleted))) {
      kept.push({ recordingId: id, of: film.meetingId, sizeBytes: film.sizeBytes })
    }
  }
  return kept
}
