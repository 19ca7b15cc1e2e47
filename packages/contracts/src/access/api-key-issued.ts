import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, Timestamp } from '../scalars.ts'

export const ApiKeyIssued = defineEvent({
  type: 'access.ApiKeyIssued.v1',
  aggregate: 'api-key',
  description: 'A program got a key. The key itself was shown once and is known to nobody but its holder.',
  data: Type.Object({
    keyId: AggregateId,
    name: Type.String({ description: 'which program, in words' }),
    digest: Type.String({ description: 'SHA-256 of the secret part, which is 256 random bits' }),
    scopes: Type.Array(Type.String({ description: 'read, personal, command:<service>, command:*, admin' })),
    expiresAt: Nullable(Timestamp)
  })
})
