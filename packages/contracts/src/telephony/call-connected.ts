import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'
import { CallVariables } from './call.ts'
import { CallProgram } from './dial.ts'

export const CallConnected = defineEvent({
  type: 'telephony.CallConnected.v1',
  aggregate: 'call',
  description:
    'A call that we placed was answered, by somebody or by a machine, and Twilio asked what to do. Once per call.',
  data: Type.Object({
    callId: AggregateId,
    dialId: AggregateId,
    personId: PersonId,
    leadId: Nullable(AggregateId),
    callSid: Type.String(),
    /** Our number. */
    from: Type.String(),
    to: pii(Nullable(Type.String())),
    /** The version that this call goes through to its end; null where it goes through none. */
    flow: Nullable(Type.Object({ flowId: AggregateId, version: Type.Integer({ minimum: 1 }) })),
    /** What is done with it where that is no flow. */
    program: pii(Nullable(CallProgram)),
    /** Twilio's word, such as human or machine_end_beep; null where nobody listened. */
    answeredBy: Nullable(Type.String()),
    variables: pii(CallVariables),
    connectedAt: Timestamp
  })
})
