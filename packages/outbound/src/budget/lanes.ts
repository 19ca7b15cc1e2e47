import type { Lane } from '@leadlog/contracts'

/** Most urgent first. Scripts and results refer to a lane by its place here. */
export const LANES = ['person', 'live', 'retry', 'bulk', 'replay'] as const satisfies readonly Lane[]

/** One value for each lane, in the order of {@link LANES}. */
export type PerLane<T> = readonly T[]

export interface LaneShare {
  /**
   * How much of the budget the lane gets while others wait too, relative to theirs. A lane of weight 64 beside one of
   * weight 4 gets 16 of 17 calls; neither ever gets none.
   */
  weight: number
  /** The part of the day's calls that may be used up before this lane has to wait, 0 to 1. */
  dayShare: number
}

/**
 * Each lane twice or more as heavy as the next, so that an urgent call is behind one or two others at most. Bulk work
 * and replays leave a part of the day to what happens now: a large import at noon must not silence the afternoon.
 */
export const DEFAULT_LANE_SHARES: Readonly<Record<Lane, LaneShare>> = {
  person: { weight: 64, dayShare: 1 },
  live: { weight: 32, dayShare: 1 },
  retry: { weight: 8, dayShare: 1 },
  bulk: { weight: 4, dayShare: 0.9 },
  replay: { weight: 1, dayShare: 0.8 }
}

export function laneIndex(lane: Lane): number {
  return LANES.indexOf(lane)
}

export function perLane<T>(value: (lane: Lane, index: number) => T): T[] {
  return LANES.map(value)
}

export function byLaneName<T>(values: PerLane<T>, missing: T): Record<Lane, T> {
  const at = (lane: Lane): T => values[laneIndex(lane)] ?? missing
  return { person: at('person'), live: at('live'), retry: at('retry'), bulk: at('bulk'), replay: at('replay') }
}
