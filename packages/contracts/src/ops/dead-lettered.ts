import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { OneOf } from '../scalars.ts'
import { failureFields } from './failure.ts'

export const DeadLettered = defineEvent({
  type: 'ops.DeadLettered.v1',
  aggregate: 'dead-letter',
  description:
    'A handler gave up on a message: it failed for good, or its attempts were used up. It waits for an operator.',
  data: Type.Object({ ...failureFields, reason: OneOf('permanent', 'attempts-exhausted', 'unreadable') })
})
