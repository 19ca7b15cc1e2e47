import { Type, type Static } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Nullable, OneOf, Timestamp } from '../scalars.ts'
import { meetingRecordingFields } from './meeting-recording.ts'

/**
 * Why a recording of a meeting cannot be kept. expired: what opens it was good for a day, and the webhook or the day is past;
 * refused: Zoom does not give it; too-large: more than may be kept; unreadable: it is not what Zoom says; erased: its person was erased.
 */
export const MeetingRecordingGap = OneOf('expired', 'refused', 'too-large', 'unreadable', 'erased')
export type MeetingRecordingGap = Static<typeof MeetingRecordingGap>

export const MeetingRecordingUnavailable = defineEvent({
  type: 'meetings.MeetingRecordingUnavailable.v1',
  aggregate: 'recording',
  description: 'A recording that Zoom reported cannot be kept. A later attempt, by an operator, may still store it.',
  data: Type.Object({
    ...meetingRecordingFields,
    reason: MeetingRecordingGap,
    detail: Nullable(Type.String({ description: 'in words, naming nobody' })),
    at: Timestamp
  })
})
