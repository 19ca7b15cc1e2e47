import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'
import { ContactPurpose } from './contact.ts'
import { DialTarget, OnMachine } from './dial.ts'

export const CallRequested = defineEvent({
  type: 'telephony.CallRequested.v1',
  aggregate: 'dial',
  description: 'A call is to be placed. Who asked is the actor. Once per dial; what became of it follows.',
  data: Type.Object({
    dialId: AggregateId,
    /** Of the lead where the number is one's, else of the number. */
    personId: PersonId,
    leadId: Nullable(AggregateId),
    to: pii(Nullable(Type.String())),
    /** Our number that it comes from. */
    from: Type.String(),
    connect: DialTarget,
    purpose: ContactPurpose,
    onMachine: pii(Nullable(OnMachine)),
    ringSeconds: Type.Integer({ minimum: 5, maximum: 600 }),
    /** Not dialled any more after this. */
    placeBefore: Timestamp,
    /** What whoever asked said about it. */
    why: pii(Nullable(Type.String())),
    requestedAt: Timestamp
  })
})
