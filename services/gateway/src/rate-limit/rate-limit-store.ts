import type { Redis } from 'ioredis'

interface Count {
  readonly current: number
  /** Milliseconds until the window ends. */
  readonly ttl: number
}

/** Counts requests in fixed windows. */
export interface RateLimitStore {
  count(key: string, windowMs: number): Promise<Count>
}

/** Clients remembered in memory; one that is forgotten early merely starts a new window. */
const MAX_CLIENTS = 10_000

/** Counts in this process. */
export function memoryStore(now: () => number): RateLimitStore {
  const windows = new Map<string, { count: number; endsAt: number }>()
  return {
    count(key, windowMs) {
      const at = now()
      const known = windows.get(key)
      const current = known && known.endsAt > at ? known : { count: 0, endsAt: at + windowMs }
      current.count += 1
      windows.delete(key)
      windows.set(key, current)
      if (windows.size > MAX_CLIENTS) windows.delete(windows.keys().next().value ?? '')
      return Promise.resolve({ current: current.count, ttl: current.endsAt - at })
    }
  }
}

/** Counts for all processes together; in this process alone while Redis is away. */
export function sharedStore(redis: Redis, prefix: string, fallback: RateLimitStore): RateLimitStore {
  return {
    async count(key, windowMs) {
      try {
        const name = `${prefix}${key}`
        const answers = await redis.multi().incr(name).pexpire(name, windowMs, 'NX').pttl(name).exec()
        const [current, , ttl] = (answers ?? []).map(([error, value]) => {
          if (error) throw error
          return Number(value)
        })
        if (current === undefined || ttl === undefined) throw new Error('Redis gave no answer')
        return { current, ttl: Math.max(ttl, 0) }
      } catch {
        return fallback.count(key, windowMs)
      }
    }
  }
}
