/** What has to happen on the way of a webhook, besides the CRM writes, which have a read model of their own. */
export type StepKind = 'lead' | 'extract' | 'sync'

export interface Step {
  readonly startedAt: string | null
  readonly finishedAt: string | null
}

/** Steps by `<kind>:<id of the event that made it necessary>`. */
export type Steps = Readonly<Record<string, Step>>

const NEW_STEP: Step = { startedAt: null, finishedAt: null }

/** Opens the step; a step that was finished before it was seen to start is closed already. */
export function startStep(steps: Steps, kind: StepKind, causeId: string, at: string): Steps {
  const key = `${kind}:${causeId}`
  const step = steps[key] ?? NEW_STEP
  return step.startedAt === null ? { ...steps, [key]: { ...step, startedAt: at } } : steps
}

/** Closes the step, whether or not it was seen to start. */
export function finishStep(steps: Steps, kind: StepKind, causeId: string, at: string): Steps {
  const key = `${kind}:${causeId}`
  const step = steps[key] ?? NEW_STEP
  return step.finishedAt === null ? { ...steps, [key]: { ...step, finishedAt: at } } : steps
}

/** Steps that were started and not finished. */
export function countPending(steps: Steps): number {
  return Object.values(steps).filter((step) => step.startedAt !== null && step.finishedAt === null).length
}
