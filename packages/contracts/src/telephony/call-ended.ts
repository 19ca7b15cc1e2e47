import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, OneOf, PersonId, Timestamp } from '../scalars.ts'
import { CallDirection, CallStatus } from './call.ts'

export const CallEnded = defineEvent({
  type: 'telephony.CallEnded.v1',
  aggregate: 'call',
  description: 'A call is over. Once per call, unless Twilio corrects how it ended.',
  data: Type.Object({
    callId: AggregateId,
    personId: PersonId,
    leadId: Nullable(AggregateId),
    direction: CallDirection,
    status: CallStatus,
    durationSeconds: Nullable(Type.Integer({ minimum: 0 })),
    endedAt: Timestamp,
    /** Why it is over, where Twilio did not report it; unknown-at-twilio: Twilio says again and again that it has no such call. */
    reason: Type.Optional(OneOf('unknown-at-twilio'))
  })
})
