import type { Target } from './config.ts'
import type { Connections } from './connection/connections.ts'
import type { Output } from './output/output.ts'
import type { Progress } from './output/progress.ts'

/** What a verb works with. Connections are made when they are first asked for and closed after the verb. */
export interface Context {
  readonly out: Output
  /** The system that the verb works on. */
  readonly target: Target
  readonly connect: Connections
  readonly now: () => Date
  /** Aborted by the first Ctrl-C; a second one ends the process. */
  readonly signal: AbortSignal
  /** True where the person gave `--yes`. */
  readonly yes: boolean
  /**
   * Returns when the person agrees to what cannot be taken back.
   *
   * @param question one sentence that says what would be done, ending in a question mark
   * @throws CliError CLI_NOT_CONFIRMED
   */
  readonly confirm: (question: string) => Promise<void>
  /** Progress on standard error; `unit` is what is counted. */
  readonly progress: (unit: string) => Progress
}
