import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { deadLetterFields } from './dead-letter-ref.ts'

export const DeadLetterDiscarded = defineEvent({
  type: 'ops.DeadLetterDiscarded.v1',
  aggregate: 'dead-letter',
  description:
    'An operator decided that a dead letter is not to be handled, and why. Once per dead letter; it is closed.',
  data: Type.Object({ ...deadLetterFields, reason: Type.String() })
})
