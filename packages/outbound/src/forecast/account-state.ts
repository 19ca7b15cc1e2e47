import type { PerLane } from '../budget/lanes.ts'
import type { Limits } from '../budget/limits.ts'

/** Where the budget of one vendor account stands, over all processes. Times in milliseconds since 1970. */
export interface AccountState {
  readonly vendor: string
  readonly account: string
  readonly limits: Limits
  /** When a process last said that it keeps this budget. */
  readonly announcedAt: number
  /** When this was read, by the clock of the Redis server. */
  readonly at: number
  /** Calls that may go at once. */
  readonly tokens: number
  readonly usedThisMinute: number
  /** Calls of the last 24 hours by slice of the day's window, oldest first; `slice` counts from 1970. */
  readonly day: readonly { readonly slice: number; readonly count: number }[]
  /** Calls that wait in processes right now. */
  readonly waiting: PerLane<number>
  /** 0 for a lane that is not paused. */
  readonly pausedUntil: PerLane<number>
  /** Calls a minute that each lane made in the last minutes. */
  readonly perMinute: PerLane<number>
}
