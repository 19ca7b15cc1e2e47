import type { Lane } from '@leadlog/contracts'
import { DEFAULT_LANE_SHARES, perLane, type LaneShare, type PerLane } from './lanes.ts'

/** The part of the minute's calls that may go at once where nothing is said: short enough a queue for a person. */
const DEFAULT_BURST_PART = 0.1

/** A burst as large as the minute would leave nothing to refill with; then this part flows, under the minute's cap. */
const LEAST_FLOWING_PART = 0.5

const MINUTE_MS = 60_000

/** What a budget may give out. */
export interface Limits {
  readonly perMinute: number
  /** How many calls may go at once after a pause. */
  readonly burst: number
  /** Calls that become free per millisecond. */
  readonly rate: number
  /** Infinity where the vendor knows no daily limit. */
  readonly perDay: number
  readonly weights: PerLane<number>
  /** Uses of the day at which the lane has to wait. */
  readonly dayLimits: PerLane<number>
}

export interface LimitOptions {
  perMinute: number
  burst?: number
  perDay?: number
  lanes?: Partial<Record<Lane, Partial<LaneShare>>>
}

export function limitsOf(options: LimitOptions): Limits {
  const { perMinute, perDay = Infinity } = options
  const burst = options.burst ?? Math.max(1, Math.floor(perMinute * DEFAULT_BURST_PART))
  if (!(perMinute >= 1) || !(burst >= 1) || burst > perMinute || !(perDay >= 1)) {
    throw new TypeError('A budget needs perMinute >= 1, 1 <= burst <= perMinute, and perDay >= 1 where it is given')
  }
  const share = (lane: Lane): LaneShare => ({ ...DEFAULT_LANE_SHARES[lane], ...options.lanes?.[lane] })
  return {
    perMinute,
    burst,
    rate: Math.max(perMinute - burst, perMinute * LEAST_FLOWING_PART) / MINUTE_MS,
    perDay,
    weights: perLane((lane) => share(lane).weight),
    dayLimits: perLane((lane) =>
      perDay === Infinity ? Infinity : Math.max(1, Math.floor(perDay * share(lane).dayShare))
    )
  }
}

/** The part of the limits that one process uses on its own; at least one call a minute. */
export function localPart(limits: Limits, share: number): Limits {
  const part = (whole: number): number => (whole === Infinity ? Infinity : Math.max(1, Math.floor(whole * share)))
  return {
    perMinute: part(limits.perMinute),
    burst: part(limits.burst),
    rate: limits.rate * share,
    perDay: part(limits.perDay),
    weights: limits.weights,
    dayLimits: limits.dayLimits.map(part)
  }
}

/** A rolling window, counted in slices. The slice that is leaving counts whole, so the limit is never exceeded. */
export interface WindowShape {
  readonly sliceMs: number
  readonly slices: number
}

export const MINUTE: WindowShape = { sliceMs: 1_000, slices: 60 }
export const DAY: WindowShape = { sliceMs: 600_000, slices: 144 }
/** What each lane used lately, to tell how fast traffic comes. */
export const RECENT: WindowShape = { sliceMs: 60_000, slices: 10 }
