import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, PersonId } from '../scalars.ts'
import { RequestOrigin, SecondProof } from './role.ts'

export const SignedIn = defineEvent({
  type: 'access.SignedIn.v1',
  aggregate: 'user',
  description: 'A user signed in. What was proved with it is used up: no code opens two sessions.',
  data: Type.Object({
    userId: AggregateId,
    personId: PersonId,
    sessionId: Type.String({ description: 'public id of the session, which opens nothing' }),
    proof: SecondProof,
    /** The time step of a code; it and all before it are used up. */
    codeStep: Nullable(Type.Integer()),
    /** Digest of a recovery code that is used up. */
    recoveryCode: Nullable(Type.String()),
    origin: pii(RequestOrigin)
  })
})
