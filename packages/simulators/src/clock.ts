/** A clock that tests move forward; it otherwise runs with the machine's. */
export interface SimulatorClock {
  now: () => Date
  /** Moves the clock forward, so that tokens expire and windows pass without waiting. */
  advance: (milliseconds: number) => void
}

/** A clock on top of a source of time (the machine's by default). */
export const createClock = (source: () => Date = () => new Date()): SimulatorClock => {
  let offset = 0
  return {
    now: () => new Date(source().getTime() + offset),
    advance: (milliseconds) => {
      offset += milliseconds
    }
  }
}
