import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, OneOf, PersonId, Timestamp } from '../scalars.ts'
import { CallInput, CallPosition, StepVisit } from './call.ts'

export const CallAdvanced = defineEvent({
  type: 'telephony.CallAdvanced.v1',
  aggregate: 'call',
  description:
    'A call took steps of its flow because of what the caller did. Once per request of Twilio; what was answered follows from it.',
  data: Type.Object({
    callId: AggregateId,
    personId: PersonId,
    /** Counts the requests of the call, from 1. */
    turn: Type.Integer({ minimum: 1 }),
    input: pii(Nullable(CallInput)),
    steps: Type.Array(StepVisit),
    position: pii(Nullable(CallPosition)),
    outcome: OneOf('waiting', 'ended', 'fell-back'),
    at: Timestamp
  })
})
