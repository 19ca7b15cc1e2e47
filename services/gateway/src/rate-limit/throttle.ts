import type { RateLimitStore } from './rate-limit-store.ts'

/** So many attempts in a window. */
export interface AttemptLimit {
  readonly max: number
  readonly windowMs: number
}

/** Counts attempts at something, for all processes together; in this one alone while Redis is away. */
export interface Throttle {
  /**
   * Counts one attempt. `first` is true for the first that is one too many, so that it can be told of once.
   */
  attempt(
    what: string,
    limit: AttemptLimit
  ): Promise<{ readonly allowed: boolean; readonly first: boolean; readonly waitMs: number }>
}

export function createThrottle(store: RateLimitStore): Throttle {
  return {
    async attempt(what, { max, windowMs }) {
      const { current, ttl } = await store.count(`attempts:${what}`, windowMs)
      return { allowed: current <= max, first: current === max + 1, waitMs: ttl }
    }
  }
}
