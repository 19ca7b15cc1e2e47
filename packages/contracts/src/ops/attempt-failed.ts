import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Timestamp } from '../scalars.ts'
import { failureFields } from './failure.ts'

export const AttemptFailed = defineEvent({
  type: 'ops.AttemptFailed.v1',
  aggregate: 'attempt',
  description: 'A handler failed on a message in a way that may pass; it will be delivered again at the given time.',
  data: Type.Object({ ...failureFields, nextAttemptAt: Timestamp })
})
