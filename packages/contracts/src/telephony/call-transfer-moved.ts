import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, Timestamp } from '../scalars.ts'

export const CallTransferMoved = defineEvent({
  type: 'telephony.CallTransferMoved.v1',
  aggregate: 'call',
  description: 'Twilio was told to take those who talked into the conference of a transfer. Once per transfer.',
  data: Type.Object({
    callId: AggregateId,
    transferId: AggregateId,
    /** The call of whoever hands over; null where there was none any more. */
    agentCallSid: Nullable(Type.String()),
    at: Timestamp
  })
})
