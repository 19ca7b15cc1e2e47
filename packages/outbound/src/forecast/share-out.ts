import { perLane, type PerLane } from '../budget/lanes.ts'

/** Less than this part of a call is rounding. */
const NOTHING = 1e-9

/**
 * Shares calls out among the lanes that want some, by weight; what one lane does not need goes to the others. A lane gets
 * nothing once its part of the day is used up. Quantities may be broken.
 */
export function shareOut(request: {
  /** Calls that may go. */
  readonly free: number
  /** Calls of the day that are used already. */
  readonly used: number
  readonly demand: PerLane<number>
  readonly weights: PerLane<number>
  readonly dayLimits: PerLane<number>
}): number[] {
  const { demand, weights, dayLimits } = request
  const granted = perLane(() => 0)
  let { free, used } = request
  const wants = (lane: number): number =>
    Math.min((demand[lane] ?? 0) - (granted[lane] ?? 0), (dayLimits[lane] ?? Infinity) - used)
  for (;;) {
    const active = granted.map((_, lane) => lane).filter((lane) => wants(lane) > NOTHING)
    const weight = active.reduce((sum, lane) => sum + (weights[lane] ?? 0), 0)
    if (active.length === 0 || weight <= 0 || free <= NOTHING) return granted
    const round = free
    for (const lane of active) {
      const part = Math.max(0, Math.min(wants(lane), (round * (weights[lane] ?? 0)) / weight))
      granted[lane] = (granted[lane] ?? 0) + part
      used += part
      free -= part
    }
  }
}
