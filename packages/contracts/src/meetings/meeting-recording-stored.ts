import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Nullable, Timestamp } from '../scalars.ts'
import { meetingRecordingFields } from './meeting-recording.ts'

export const MeetingRecordingStored = defineEvent({
  type: 'meetings.MeetingRecordingStored.v1',
  aggregate: 'recording',
  description:
    "A recording of a meeting was fetched from Zoom and is kept, sealed under the customer's key. Once per recording.",
  data: Type.Object({
    ...meetingRecordingFields,
    file: Type.String({ description: 'name in the store of files' }),
    contentType: Type.String(),
    sizeBytes: Type.Integer({ minimum: 0 }),
    digest: Type.String({ description: 'SHA-256 (hex) of what is stored, sealed as it is' }),
    startedAt: Nullable(Timestamp),
    endedAt: Nullable(Timestamp),
    storedAt: Timestamp
  })
})
