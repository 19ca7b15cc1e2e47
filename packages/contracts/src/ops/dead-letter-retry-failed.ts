import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { deadLetterFields } from './dead-letter-ref.ts'

export const DeadLetterRetryFailed = defineEvent({
  type: 'ops.DeadLetterRetryFailed.v1',
  aggregate: 'dead-letter',
  description: 'An operator tried a dead letter again and it failed, in the same way or another. It stays open.',
  data: Type.Object({
    ...deadLetterFields,
    code: Type.String(),
    message: Type.String(),
    /** As of a dead letter: the same value for failures of one kind. */
    fingerprint: Type.String()
  })
})
