import { unavailable } from '../errors.ts'
import type { AppendOutcome } from '../metrics.ts'
import { unitBytes, type AppendResult, type AppendUnit } from './append-unit.ts'
import type { Deadlines } from './deadlines.ts'

/** An append whose caller waits, at most until its deadline. */
export interface WaitingAppend {
  readonly unit: AppendUnit
  readonly urgent: boolean
  readonly bytes: number
  /** True once the caller has its answer; what comes later is dropped. */
  readonly settled: boolean
  resolve(result: AppendResult): void
  reject(error: unknown): void
}

/** Pairs an append with its caller's promise and deadline. `onSettled` hears how it ended, once. */
export function waitingAppend(
  { unit, urgent }: Pick<WaitingAppend, 'unit' | 'urgent'>,
  stream: string,
  deadlines: Deadlines,
  onSettled: (waiting: WaitingAppend, outcome: AppendOutcome, durationMs: number, error?: unknown) => void
): { waiting: WaitingAppend; outcome: Promise<AppendResult> } {
  const { promise, resolve, reject } = Promise.withResolvers<AppendResult>()
  const since = performance.now()
  let settled = false
  const settle = (outcome: AppendOutcome, act: () => void, error?: unknown): void => {
    if (settled) return
    settled = true
    endDeadline()
    act()
    onSettled(waiting, outcome, performance.now() - since, error)
  }
  const waiting: WaitingAppend = {
    unit,
    urgent,
    bytes: unitBytes(unit),
    get settled() {
      return settled
    },
    resolve: (result) => settle(result.kind, () => resolve(result)),
    reject: (error) => settle('failed', () => reject(error), error)
  }
  const endDeadline = deadlines.start(() => waiting.reject(unavailable(`${stream} did not confirm an append in time`)))
  return { waiting, outcome: promise }
}
