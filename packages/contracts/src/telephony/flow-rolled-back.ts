import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId } from '../scalars.ts'

export const FlowRolledBack = defineEvent({
  type: 'telephony.FlowRolledBack.v1',
  aggregate: 'flow',
  description: 'New callers go through an earlier version of the flow again.',
  data: Type.Object({
    flowId: AggregateId,
    fromVersion: Type.Integer({ minimum: 1 }),
    toVersion: Type.Integer({ minimum: 1 }),
    reason: Type.String()
  })
})
