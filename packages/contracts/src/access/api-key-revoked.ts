import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId } from '../scalars.ts'

export const ApiKeyRevoked = defineEvent({
  type: 'access.ApiKeyRevoked.v1',
  aggregate: 'api-key',
  description: 'A key, and every token that was made from it, is worth nothing from here on.',
  data: Type.Object({ keyId: AggregateId })
})
