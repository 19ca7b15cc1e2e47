/** What has to happen on the way of a webhook, besides the CRM writes, which have a read model of their own. */
export type StepKind = 'lead' | 'extract' | 'sync'

export interface Step {
  readonly startedAt: string | null
  readonly finishedAt: string | null
}

/** Steps by `<kind>:<id of the event that made it necessary>`. */
export type Steps = Readonly<Record<string, Step>>

const NEW_STEP: Step = { startedAt: null, finishedAt: null }

/** Opens the step; one that was finished before it was seen to start is closed already. The earliest start counts. */
export function startStep(steps: Steps, kind: StepKind, causeId: string, at: string): Steps {
  const key = `${kind}:${causeId}`
  const step = steps[key] ?? NEW_STEP
  return { ...steps, [key]: { ...step, startedAt: earlier(step.startedAt, at) } }
}

/** Closes the step, whether or not it was seen to start. The earliest end counts. */
export function finishStep(steps: Steps, kind: StepKind, causeId: string, at: string): Steps {
  const key = `${kind}:${causeId}`
  const step = steps[key] ?? NEW_STEP
  return { ...steps, [key]: { ...step, finishedAt: earlier(step.finishedAt, at) } }
}

/** Steps that were started and not finished. */
export function countPending(steps: Steps): number {
  return Object.values(steps).filter((step) => step.startedAt !== null && step.finishedAt === null).length
}

function earlier(a: string | null, b: string): string {
  return a === null || Date.parse(b) < Date.parse(a) ? b : a
}
