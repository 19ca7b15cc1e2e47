import { derivedId } from '../event/event-id.ts'
import { AggregateId, OneOf, PersonId } from '../scalars.ts'

/** What names a recording of a meeting. */
export const meetingRecordingFields = {
  recordingId: AggregateId,
  meetingId: AggregateId,
  personId: PersonId,
  kind: OneOf('video', 'audio', 'transcript')
}

/** The id of a recording of a meeting, of Zoom's id of the file. */
export function meetingRecordingIdOf(zoomFileId: string): string {
  return derivedId('zoom-recording', zoomFileId)
}
