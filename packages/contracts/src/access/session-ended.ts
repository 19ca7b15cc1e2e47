import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, OneOf } from '../scalars.ts'

export const SessionEnded = defineEvent({
  type: 'access.SessionEnded.v1',
  aggregate: 'user',
  description: 'A session was ended by hand: by signing out, or from the list of sessions.',
  data: Type.Object({
    userId: AggregateId,
    sessionId: Nullable(Type.String({ description: 'null where all of the user were ended' })),
    reason: OneOf('signed-out', 'revoked')
  })
})
