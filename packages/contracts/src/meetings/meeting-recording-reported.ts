import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Nullable, Timestamp } from '../scalars.ts'
import { meetingRecordingFields } from './meeting-recording.ts'

export const MeetingRecordingReported = defineEvent({
  type: 'meetings.MeetingRecordingReported.v1',
  aggregate: 'meeting',
  description:
    'Zoom has a file of a recording of the meeting. Where it is and what opens it stands in the webhook alone, sealed. Once per file.',
  data: Type.Object({
    ...meetingRecordingFields,
    uuid: Type.String({ description: 'the instance that was recorded' }),
    webhookId: Type.String(),
    fileId: Type.String({ description: "Zoom's id of the file" }),
    recordingType: Nullable(Type.String({ description: "Zoom's word, such as audio_only" })),
    sizeBytes: Nullable(Type.Integer({ minimum: 0, description: 'as Zoom says' })),
    startedAt: Nullable(Timestamp),
    endedAt: Nullable(Timestamp),
    reportedAt: Timestamp
  })
})
