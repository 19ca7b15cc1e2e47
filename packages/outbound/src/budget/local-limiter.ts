import { createFairOrder } from './fair-order.ts'
import { perLane, type PerLane } from './lanes.ts'
import { LONGEST_SLEEP_MS, type TakeRequest, type TakeResult } from './limiter.ts'
import { DAY, MINUTE, type Limits } from './limits.ts'
import { createRollingCount } from './rolling-count.ts'

/** Gives out calls within one process. The same rules as the shared script, for this process alone. */
export interface LocalLimiter {
  take(request: TakeRequest, now: number, pausedUntil: PerLane<number>): TakeResult
  /** Starts with nothing saved up, since this process has just used calls elsewhere. */
  startEmpty(now: number): void
  usedThisMinute(now: number): number
}

export function createLocalLimiter(limits: Limits): LocalLimiter {
  const minute = createRollingCount(MINUTE)
  const day = createRollingCount(DAY)
  const order = createFairOrder(limits.weights)
  let tokens = limits.burst
  let refilledAt = 0

  const refill = (now: number): void => {
    if (refilledAt > 0) tokens = Math.min(limits.burst, tokens + Math.max(0, now - refilledAt) * limits.rate)
    refilledAt = Math.max(refilledAt, now)
  }

  return {
    take(request, now, pausedUntil) {
      refill(now)
      let usedThisMinute = minute.sum(now)
      let usedThisDay = day.sum(now)
      const granted = perLane(() => 0)
      const dayLimit = (lane: number): number => limits.dayLimits[lane] ?? Infinity
      const head = (lane: number): number | undefined => request.costs[lane]?.[granted[lane] ?? 0]
      const overDay = (lane: number): boolean => usedThisDay > 0 && usedThisDay + (head(lane) ?? 1) > dayLimit(lane)
      const waits = (lane: number): boolean =>
        head(lane) !== undefined && (pausedUntil[lane] ?? 0) <= now && !overDay(lane)

      let askAgainInMs = 0
      for (;;) {
        const lane = order.next(waits)
        const cost = lane === undefined ? undefined : head(lane)
        if (lane === undefined || cost === undefined) break
        const need = Math.min(cost, limits.burst)
        if (tokens < need) askAgainInMs = Math.ceil((need - tokens) / limits.rate)
        else if (usedThisMinute > 0 && usedThisMinute + cost > limits.perMinute) askAgainInMs = LONGEST_SLEEP_MS
        if (askAgainInMs > 0) break
        tokens -= cost
        usedThisMinute += cost
        usedThisDay += cost
        minute.add(now, cost)
        day.add(now, cost)
        order.took(lane, cost)
        granted[lane] = (granted[lane] ?? 0) + 1
      }
      const waiting = perLane((_, lane) => (request.waiting[lane] ?? 0) - (granted[lane] ?? 0))
      if (askAgainInMs === 0 && waiting.some((count) => count > 0)) askAgainInMs = LONGEST_SLEEP_MS
      const dayFreeAt = perLane((_, lane) => ((waiting[lane] ?? 0) > 0 && overDay(lane) ? day.freesAt(now) : 0))
      return { granted, askAgainInMs, usage: { usedThisMinute, usedThisDay, pausedUntil, dayFreeAt, waiting } }
    },
    startEmpty(now) {
      tokens = 0
      refilledAt = now
    },
    usedThisMinute: (now) => minute.sum(now)
  }
}
