import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { deadLetterFields } from './dead-letter-ref.ts'

export const DeadLetterResolved = defineEvent({
  type: 'ops.DeadLetterResolved.v1',
  aggregate: 'dead-letter',
  description: 'An operator tried a dead letter again and it went through. Once per dead letter; it is closed.',
  data: Type.Object(deadLetterFields)
})
