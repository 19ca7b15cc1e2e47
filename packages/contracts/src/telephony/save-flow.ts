import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId } from '../scalars.ts'
import { FlowDocument } from './flow-document.ts'
import { FlowIssue } from './flow-issue.ts'

export const FlowId = Type.String({
  pattern: '^[a-z][a-z0-9-]*$',
  minLength: 1,
  maxLength: 64,
  description: 'your own name for the flow; the first draft makes it'
})

export const SaveFlow = defineCommand({
  service: 'telephony',
  name: 'SaveFlow',
  description: 'Saves a draft of a call flow and says what is wrong with it. Nothing changes for callers.',
  data: Type.Object(
    {
      flowId: FlowId,
      name: Type.String({ minLength: 1, maxLength: 120 }),
      document: FlowDocument,
      basedOnDraft: Type.Optional(
        Type.Integer({
          minimum: 0,
          description:
            'the draft that you changed, 0 for none: where another one is the newest, nothing is saved. Without it the newest is replaced, whichever it is'
        })
      )
    },
    { additionalProperties: false }
  ),
  result: Type.Object({ flowId: AggregateId, draft: Type.Integer(), issues: Type.Array(FlowIssue) }),
  refusals: { TELEPHONY_FLOW_DRAFT_STALE: 'somebody saved another draft meanwhile' }
})
