import type { Teardown } from './teardown.ts'

/** What every comparison is given. */
export interface BenchContext {
  /** Measured rounds; one more warms up. */
  readonly rounds: number
  /** A short run that shows that everything works; its figures are not to be quoted. */
  readonly quick: boolean
  /** Sizes of the log, for comparisons that measure several; undefined for their own. */
  readonly sizes: readonly number[] | undefined
  /** An empty folder of the comparison's own, on the same disk as the repository. */
  readonly folder: string
  /** What was started is ended by this, whatever happens. */
  readonly teardown: Teardown
  /** Aborted when the command is interrupted. */
  readonly stopping: AbortSignal
  /** Tells the person who waits. */
  readonly say: (text: string) => void
}
