import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Timestamp } from '../scalars.ts'
import { failureFields } from './failure.ts'

export const AttemptDeferred = defineEvent({
  type: 'ops.AttemptDeferred.v1',
  aggregate: 'attempt',
  description:
    'A message waits because something it needs is away: a vendor, its budget, a server of ours. No attempt is used up, however long it takes. Once per message and reason, not per deferral.',
  data: Type.Object({ ...failureFields, nextAttemptAt: Timestamp })
})
