import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { Nullable } from '../scalars.ts'
import { FlowId } from './save-flow.ts'

export const AssignNumber = defineCommand({
  service: 'telephony',
  name: 'AssignNumber',
  description:
    'Lets calls to one of our numbers go through a published flow; null: straight to the fallback number of the settings.',
  data: Type.Object(
    {
      number: Type.String({ minLength: 1, maxLength: 20, description: 'one of our numbers, in E.164' }),
      flowId: Nullable(FlowId)
    },
    { additionalProperties: false }
  ),
  result: Type.Object({ number: Type.String(), flowId: Nullable(Type.String()) }),
  refusals: {
    TELEPHONY_NUMBER_INVALID: 'the number is none; write it in E.164, such as +14155550142',
    TELEPHONY_FLOW_NOT_PUBLISHED: 'the flow was never published'
  }
})
