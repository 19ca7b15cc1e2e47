import type { RedrivePhase } from './canary-redrive.ts'

/** Why a run ended before all were tried. */
export interface RedriveStop {
  readonly phase: RedrivePhase
  /** `same-failure`: the cause is not mended. `no-answer`: the service is not running, or what it needs is away. */
  readonly because: 'same-failure' | 'no-answer' | 'aborted'
  readonly letterId: string | null
  readonly code: string | null
  readonly message: string | null
}

/** What became of a group. */
export interface RedriveReport {
  readonly runId: string
  readonly total: number
  /** Tried dry without a failure; null where the handler cannot be. */
  readonly simulated: number | null
  readonly resolved: number
  /** Failed as before, or so that the service could not say how; they stay open. */
  readonly failedAgain: number
  /** Failed in another way than before; they stay open. */
  readonly failedOtherwise: number
  /** Closed by somebody else meanwhile, or their message is gone. */
  readonly refused: number
  /** Not tried live, or not answered. */
  readonly remaining: number
  readonly stopped: RedriveStop | null
}
