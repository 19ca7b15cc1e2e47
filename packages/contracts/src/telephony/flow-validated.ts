import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId } from '../scalars.ts'
import { FlowIssue } from './flow-issue.ts'

export const FlowValidated = defineEvent({
  type: 'telephony.FlowValidated.v1',
  aggregate: 'flow',
  description: 'A draft was checked. Without issues it may be published. Once per draft.',
  data: Type.Object({
    flowId: AggregateId,
    draft: Type.Integer({ minimum: 1 }),
    issues: Type.Array(FlowIssue)
  })
})
