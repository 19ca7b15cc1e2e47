import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId } from '../scalars.ts'
import { FlowId } from './save-flow.ts'

export const PublishFlow = defineCommand({
  service: 'telephony',
  name: 'PublishFlow',
  description: 'Lets new callers go through the newest draft of a call flow. Calls that run stay in their version.',
  data: Type.Object(
    {
      flowId: FlowId,
      draft: Type.Integer({ minimum: 1, description: 'the draft that you looked at: a newer one is not published' })
    },
    { additionalProperties: false }
  ),
  result: Type.Object({ flowId: AggregateId, version: Type.Integer() }),
  refusals: {
    TELEPHONY_FLOW_UNKNOWN: 'no flow has this id',
    TELEPHONY_FLOW_DRAFT_STALE: 'a newer draft was saved meanwhile',
    TELEPHONY_FLOW_INVALID: 'the draft has issues; SaveFlow names them'
  }
})
