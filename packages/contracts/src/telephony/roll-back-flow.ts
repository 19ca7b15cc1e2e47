import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId } from '../scalars.ts'
import { FlowId } from './save-flow.ts'

export const RollBackFlow = defineCommand({
  service: 'telephony',
  name: 'RollBackFlow',
  description: 'Lets new callers go through an earlier published version of a call flow again.',
  data: Type.Object(
    { flowId: FlowId, toVersion: Type.Integer({ minimum: 1 }), reason: Type.String({ minLength: 1, maxLength: 500 }) },
    { additionalProperties: false }
  ),
  result: Type.Object({ flowId: AggregateId, version: Type.Integer() }),
  refusals: {
    TELEPHONY_FLOW_UNKNOWN: 'no flow has this id',
    TELEPHONY_FLOW_VERSION_UNKNOWN: 'the flow was never published under this version'
  }
})
