import type { FlowDocument, FlowIssue } from '@leadlog/contracts'
import { isPhoneNumber } from '../phone-number.ts'
import { graphIssues } from './graph-issues.ts'
import { numberMessage, stepIssues } from './step-issues.ts'
import { answersOf } from './variables.ts'

/** Everything that keeps a draft from being published, each with its place in the document. Pure. */
export function validateFlow(flow: FlowDocument): readonly FlowIssue[] {
  const answers = answersOf(flow)
  return [
    ...fallbackIssues(flow),
    ...graphIssues(flow),
    ...flow.steps.flatMap((step, index) =>
      stepIssues(step, answers).map(({ code, path, message }) => ({
        code,
        step: step.id,
        path: `/steps/${index}/${path}`,
        message
      }))
    )
  ]
}

function fallbackIssues({ fallbackNumber }: FlowDocument): FlowIssue[] {
  if (fallbackNumber === null || isPhoneNumber(fallbackNumber)) return []
  return [{ code: 'NUMBER_INVALID', step: null, path: '/fallbackNumber', message: numberMessage(fallbackNumber) }]
}
