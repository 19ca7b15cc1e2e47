import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'

export const CallCancelRequested = defineEvent({
  type: 'telephony.CallCancelRequested.v1',
  aggregate: 'dial',
  description: 'A call that was asked for is not wanted any more: not to be placed, or to be ended. Once per dial.',
  data: Type.Object({
    dialId: AggregateId,
    personId: PersonId,
    why: pii(Nullable(Type.String())),
    at: Timestamp
  })
})
