import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'
import { StepId } from './flow-document.ts'

export const CallSmsRequested = defineEvent({
  type: 'telephony.CallSmsRequested.v1',
  aggregate: 'call',
  description:
    'A call came to a step that sends a message. Once per visit of the step; whether it may be sent is looked at when it is its turn.',
  data: Type.Object({
    callId: AggregateId,
    /** Of the caller, who is not always the one that gets the message. */
    personId: PersonId,
    leadId: Nullable(AggregateId),
    /** Of this message: the same for the same visit of the step. */
    requestId: AggregateId,
    turn: Type.Integer({ minimum: 1 }),
    step: StepId,
    toCaller: Type.Boolean(),
    to: pii(Type.String()),
    /** Our number, which was called. */
    from: Type.String(),
    text: pii(Type.String()),
    at: Timestamp
  })
})
