/**
 * How long this process has waited for something to happen. Measured by the clock an answer would seem slow while it only
 * waits for us to read it, and the server would be blamed for our own work.
 */
export interface IdleClock {
  /** In milliseconds. Read once in a turn of the event loop, since only between two turns the process waits. */
  ms(): number
  /** The turn is over: the next reading is a new one. */
  turnOver(): void
}

export function createIdleClock(): IdleClock {
  let seen: number | null = null
  return {
    ms: () => (seen ??= performance.eventLoopUtilization().idle),
    turnOver() {
      seen = null
    }
  }
}
