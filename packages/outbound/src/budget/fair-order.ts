import type { PerLane } from './lanes.ts'

/**
 * Whose turn it is among lanes that wait, by start-time fair queueing: every call moves its lane back by cost / weight,
 * so that lanes get calls in proportion to their weights, an idle lane saves nothing up, and none is left out.
 */
export interface FairOrder {
  /** The lane whose turn it is; undefined when none of them waits. */
  next(waits: (lane: number) => boolean): number | undefined
  took(lane: number, cost: number): void
}

export function createFairOrder(weights: PerLane<number>): FairOrder {
  const finish = weights.map(() => 0)
  let virtualTime = 0
  const start = (lane: number): number => Math.max(virtualTime, finish[lane] ?? 0)
  return {
    next(waits) {
      let best: number | undefined
      weights.forEach((_, lane) => {
        if (waits(lane) && (best === undefined || start(lane) < start(best))) best = lane
      })
      return best
    },
    took(lane, cost) {
      virtualTime = start(lane)
      finish[lane] = virtualTime + cost / (weights[lane] ?? 1)
    }
  }
}
