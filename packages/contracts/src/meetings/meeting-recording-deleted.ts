import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { OneOf, Timestamp } from '../scalars.ts'
import { meetingRecordingFields } from './meeting-recording.ts'

export const MeetingRecordingDeleted = defineEvent({
  type: 'meetings.MeetingRecordingDeleted.v1',
  aggregate: 'recording',
  description:
    'A recording of a meeting is not kept any more. Once per recording; what was said in it stays written down.',
  data: Type.Object({
    ...meetingRecordingFields,
    /** retention: its time was over; erasure: its person was erased. */
    reason: OneOf('retention', 'erasure'),
    deletedAt: Timestamp
  })
})
