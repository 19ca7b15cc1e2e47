import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Timestamp } from '../scalars.ts'

export const SigningKeyMade = defineEvent({
  type: 'access.SigningKeyMade.v1',
  aggregate: 'signing-keys',
  description: 'A new key signs the tokens of programs. The one before it is still good for checking.',
  data: Type.Object({
    ringId: AggregateId,
    kid: Type.String(),
    publicJwk: Type.Record(Type.String(), Type.String()),
    sealedPrivateKey: Type.String({ description: 'PKCS #8, sealed by the keyring' }),
    madeAt: Timestamp
  })
})
