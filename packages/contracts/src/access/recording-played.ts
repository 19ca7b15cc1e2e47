import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, Timestamp } from '../scalars.ts'

export const RecordingPlayed = defineEvent({
  type: 'access.RecordingPlayed.v1',
  aggregate: 'play',
  description:
    'Somebody listened to a recording; who is the actor. Once per play: its further requests for parts of the sound count with it.',
  data: Type.Object({
    recordingId: AggregateId,
    callId: AggregateId,
    /** The user who listened, or the key that fetched it. */
    userId: Nullable(Type.String()),
    keyId: Nullable(Type.String()),
    at: Timestamp
  })
})
