import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, Timestamp } from '../scalars.ts'

export const MeetingRecordingPlayed = defineEvent({
  type: 'access.MeetingRecordingPlayed.v1',
  aggregate: 'play',
  description:
    'Somebody watched or listened to a recording of a meeting; who is the actor. Once per play: its further requests for parts count with it.',
  data: Type.Object({
    recordingId: AggregateId,
    meetingId: AggregateId,
    /** The user who played it, or the key that fetched it. */
    userId: Nullable(Type.String()),
    keyId: Nullable(Type.String()),
    at: Timestamp
  })
})
