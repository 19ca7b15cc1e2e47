import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'

export const CallPlaced = defineEvent({
  type: 'telephony.CallPlaced.v1',
  aggregate: 'call',
  description: 'Twilio has a call that we asked for. Once per call; what becomes of it is told as of any other.',
  data: Type.Object({
    callId: AggregateId,
    dialId: AggregateId,
    personId: PersonId,
    leadId: Nullable(AggregateId),
    callSid: Type.String(),
    /** Our number. */
    from: Type.String(),
    to: pii(Nullable(Type.String())),
    placedAt: Timestamp
  })
})
