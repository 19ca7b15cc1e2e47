import type { FlowDocument, FlowIssue, FlowStep, FlowStepKind } from '@leadlog/contracts'
import { createContext, use } from 'react'
import type { SchemaIssue } from '../../flows/flow-schema.ts'

export type Issue = FlowIssue | SchemaIssue

/** A step while it is edited, for the fields of its panel. */
export interface StepForm {
  readonly flow: FlowDocument
  readonly step: FlowStep
  /** Issues by their place in the step. */
  readonly issues: readonly Issue[]
  readonly readOnly: boolean
  /** Sets the value at a path of the step; undefined takes it out. */
  readonly set: (path: string, value: unknown) => void
  /** Lets a way lead to a new step. */
  readonly grow: (path: string, kind: FlowStepKind) => void
  /** Opens another step. */
  readonly open: (id: string) => void
}

const Form = createContext<StepForm | null>(null)
export const StepFormProvider = Form

export function useStepForm(): StepForm {
  const form = use(Form)
  if (form === null) throw new Error('A field of a step stands in its panel only')
  return form
}

/** What is wrong at a place of the step; where it holds others, only what is about itself. */
export function useIssuesAt(path: string): readonly string[] {
  const { flow, step, issues } = useStepForm()
  const place = `/steps/${String(flow.steps.indexOf(step))}/${path}`
  return [...new Set(issues.flatMap(({ path: at, message }) => (at === place ? [message] : [])))]
}
