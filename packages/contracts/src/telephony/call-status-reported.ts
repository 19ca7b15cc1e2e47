import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'
import { CallDirection, CallStatus } from './call.ts'

export const CallStatusReported = defineEvent({
  type: 'telephony.CallStatusReported.v1',
  aggregate: 'call',
  description:
    'Twilio reported a status of a call. Reports come in any order and some never; the status of the call is the furthest of them.',
  data: Type.Object({
    callId: AggregateId,
    personId: PersonId,
    leadId: Nullable(AggregateId),
    callSid: Type.String(),
    direction: CallDirection,
    /** Number of the person at the other end. */
    number: pii(Type.String()),
    /** Our number. */
    ours: Type.String(),
    status: CallStatus,
    /** Twilio's count of the call's reports; null where it gave none. */
    sequence: Nullable(Type.Integer({ minimum: 0 })),
    durationSeconds: Nullable(Type.Integer({ minimum: 0 })),
    reportedAt: Timestamp
  })
})
