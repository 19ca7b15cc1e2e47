import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, PersonId } from '../scalars.ts'
import { priceFields } from './price.ts'

export const CallPriced = defineEvent({
  type: 'telephony.CallPriced.v1',
  aggregate: 'call',
  description:
    'Twilio says what a call, or a leg of it, is charged. Some time after its end; once, and again where it changes the price.',
  data: Type.Object({
    callId: AggregateId,
    personId: PersonId,
    leadId: Nullable(AggregateId),
    /** Of the leg that is charged: somebody whom the call was put through to has their own. */
    callSid: Type.String(),
    durationSeconds: Nullable(Type.Integer({ minimum: 0 })),
    ...priceFields
  })
})
