/** A clock that stands still until the test moves it. Fits wherever `{ now(): Date }` is asked for. */
export interface FakeClock {
  now(): Date
  /** Moves the clock forward by milliseconds. */
  advance(ms: number): void
  /** Sets the clock, also backwards. */
  set(iso: string): void
}

export function fakeClock(startIso: string): FakeClock {
  let current = parse(startIso)
  return {
    now: () => new Date(current),
    advance(ms) {
      current += ms
    },
    set(iso) {
      current = parse(iso)
    }
  }
}

function parse(iso: string): number {
  const time = Date.parse(iso)
  if (Number.isNaN(time)) throw new TypeError(`"${iso}" is not a time`)
  return time
}
