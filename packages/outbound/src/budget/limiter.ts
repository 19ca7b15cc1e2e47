import type { PerLane } from './lanes.ts'

/** What one process asks for in one step. */
export interface TakeRequest {
  /** The costs of the calls that wait, first in line first. */
  readonly costs: PerLane<readonly number[]>
  /** How many wait in each lane: more than the costs where the line is long. */
  readonly waiting: PerLane<number>
}

export interface TakeResult {
  /** How many of each lane's calls may go, from the head of its line. */
  readonly granted: PerLane<number>
  /** When asking again makes sense; 0 when nothing is left waiting. */
  readonly askAgainInMs: number
  readonly usage: Usage
}

/** Where the budget stands. Times in milliseconds since 1970. */
export interface Usage {
  readonly usedThisMinute: number
  readonly usedThisDay: number
  /** 0 for a lane that is not paused. */
  readonly pausedUntil: PerLane<number>
  /** When calls of the day become free again, for a lane that used up its part; 0 otherwise. */
  readonly dayFreeAt: PerLane<number>
  /** How many wait in each lane, over all processes as far as known. */
  readonly waiting: PerLane<number>
}

/** How long a process leaves a call that another process may take, before it asks again. */
export const OTHERS_TURN_MS = 20

/** Longest time between two askings while something waits: others must not take a waiting process for gone. */
export const LONGEST_SLEEP_MS = 500
