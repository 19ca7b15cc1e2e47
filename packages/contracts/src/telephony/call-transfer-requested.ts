import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'

export const CallTransferRequested = defineEvent({
  type: 'telephony.CallTransferRequested.v1',
  aggregate: 'call',
  description:
    'The caller is to be handed to a colleague, who is dialled into a conference with the caller and whoever hands over. Who asked is the actor. One at a time per call.',
  data: Type.Object({
    callId: AggregateId,
    /** Of the caller. */
    personId: PersonId,
    transferId: AggregateId,
    conferenceId: AggregateId,
    /** Calls the colleague. */
    dialId: AggregateId,
    /** The request of Twilio that takes the caller into the conference: the one after what the call did until now. */
    turn: Type.Integer({ minimum: 2 }),
    /** The colleague. */
    to: pii(Nullable(Type.String())),
    why: pii(Nullable(Type.String())),
    /** The call of whoever hands over, where they are in the conference already; null: it is yet to be found and moved. */
    agentCallSid: Nullable(Type.String()),
    at: Timestamp
  })
})
