import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'
import { CallVariables } from './call.ts'

export const CallReceived = defineEvent({
  type: 'telephony.CallReceived.v1',
  aggregate: 'call',
  description: 'Somebody calls one of our numbers and Twilio asked what to do. Once per call.',
  data: Type.Object({
    callId: AggregateId,
    /** Of the lead where the number is known, else of the number. */
    personId: PersonId,
    leadId: Nullable(AggregateId),
    /** Twilio's id. */
    callSid: Type.String(),
    from: pii(Type.String()),
    /** Our number. */
    to: Type.String(),
    /** The version that this call goes through to its end; null where the number has none. */
    flow: Nullable(Type.Object({ flowId: AggregateId, version: Type.Integer({ minimum: 1 }) })),
    variables: pii(CallVariables),
    receivedAt: Timestamp
  })
})
