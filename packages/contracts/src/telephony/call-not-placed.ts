import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'
import { ContactCheck } from './contact.ts'
import { NotPlacedReason } from './dial.ts'

export const CallNotPlaced = defineEvent({
  type: 'telephony.CallNotPlaced.v1',
  aggregate: 'dial',
  description: 'A call that was asked for is not placed. Nobody was dialled. Once per dial.',
  data: Type.Object({
    dialId: AggregateId,
    personId: PersonId,
    leadId: Nullable(AggregateId),
    reason: NotPlacedReason,
    /** Twilio's code, such as TWILIO_21211; null where it was not asked. */
    code: Nullable(Type.String()),
    /** What was looked at, where that is the reason. */
    check: Nullable(ContactCheck),
    at: Timestamp
  })
})
