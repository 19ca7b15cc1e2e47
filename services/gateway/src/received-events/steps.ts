/** What has to happen on the way of a webhook, besides the CRM writes, which have a read model of their own. */
export type StepKind = 'lead' | 'extract' | 'sync'

export interface Step {
  readonly startedAt: string | null
  readonly finishedAt: string | null
}

/** Steps by `<kind>:<id of the event that made it necessary>`. */
export type Steps = Readonly<Record<string, Step>>

/** The steps, and how many of them were started and not finished. */
export interface CountedSteps {
  readonly steps: Steps
  readonly pending: number
}

/**
 * A webhook has about ten. Where thousands follow from one, the oldest of those that are done are dropped, or each
 * event would cost as much as all before it.
 */
const MAX_STEPS = 500
const KEPT_STEPS = 400

const NEW_STEP: Step = { startedAt: null, finishedAt: null }

/** Opens the step; one that was finished before it was seen to start is closed already. The earliest start counts. */
export function startStep(counted: CountedSteps, kind: StepKind, causeId: string, at: string): CountedSteps {
  return changed(counted, `${kind}:${causeId}`, (step) => ({ ...step, startedAt: earlier(step.startedAt, at) }))
}

/** Closes the step, whether or not it was seen to start. The earliest end counts. */
export function finishStep(counted: CountedSteps, kind: StepKind, causeId: string, at: string): CountedSteps {
  return changed(counted, `${kind}:${causeId}`, (step) => ({ ...step, finishedAt: earlier(step.finishedAt, at) }))
}

function changed({ steps, pending }: CountedSteps, key: string, change: (step: Step) => Step): CountedSteps {
  const before = steps[key] ?? NEW_STEP
  const after = change(before)
  const stillPending = pending + Number(isPending(after)) - Number(isPending(before))
  return { steps: bounded({ ...steps, [key]: after }, stillPending), pending: stillPending }
}

function isPending({ startedAt, finishedAt }: Step): boolean {
  return startedAt !== null && finishedAt === null
}

/** Chosen by what the steps say, and not by their place: a table gives them back in another order. */
function bounded(steps: Steps, pending: number): Steps {
  const names = Object.keys(steps)
  if (names.length <= MAX_STEPS || pending >= KEPT_STEPS) return steps
  const done = Object.entries(steps)
    .filter(([, step]) => !isPending(step))
    .sort(([a, { finishedAt: left }], [b, { finishedAt: right }]) => compare(left ?? '', right ?? '') || compare(a, b))
  const dropped = new Set(done.slice(0, names.length - KEPT_STEPS).map(([name]) => name))
  return Object.fromEntries(Object.entries(steps).filter(([name]) => !dropped.has(name)))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function earlier(a: string | null, b: string): string {
  return a === null || Date.parse(b) < Date.parse(a) ? b : a
}
