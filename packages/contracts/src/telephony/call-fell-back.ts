import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, Timestamp } from '../scalars.ts'

export const CallFellBack = defineEvent({
  type: 'telephony.CallFellBack.v1',
  aggregate: 'call',
  description: 'A call left its flow for the fallback number, because of what the reason names.',
  data: Type.Object({
    callId: AggregateId,
    callSid: Type.String(),
    /** A code of ours, or Twilio's ErrorCode. */
    reason: Type.String(),
    /** Null: there was none, and the caller was asked to call again. */
    number: Nullable(Type.String()),
    at: Timestamp
  })
})
