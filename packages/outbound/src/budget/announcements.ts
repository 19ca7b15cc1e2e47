import type { Redis } from 'ioredis'
import { answerInTime } from '../redis/run-script.ts'
import { accountName, accountsKey } from './account-keys.ts'
import type { Limits } from './limits.ts'

/** A Redis that lost its data knows the account again after so long. */
const EVERY_MS = 60_000

/** What a process says of the account whose budget it keeps, so that others can read the budget without its settings. */
export interface Announcement {
  readonly vendor: string
  readonly account: string
  /** As {@link Limits}; no limit of the day is null. */
  readonly limits: Omit<Limits, 'perDay' | 'dayLimits'> & {
    readonly perDay: number | null
    readonly dayLimits: readonly (number | null)[]
  }
  /** Milliseconds since 1970. */
  readonly announcedAt: number
}

/**
 * Gives a function that puts the account on the list of those that have a budget, at most once a minute. It never
 * throws and nobody waits for it: the list is for people who look, no call depends on it.
 */
export function announcements(parts: {
  redis: Redis
  prefix: string
  vendor: string
  account: string
  limits: Limits
  now: () => number
}): () => void {
  const { redis, prefix, vendor, account, limits, now } = parts
  let nextAt = 0
  return () => {
    const announcedAt = now()
    if (announcedAt < nextAt) return
    nextAt = announcedAt + EVERY_MS
    const announcement: Announcement = {
      vendor,
      account,
      limits: { ...limits, perDay: finite(limits.perDay), dayLimits: limits.dayLimits.map(finite) },
      announcedAt
    }
    const stored = redis.hset(accountsKey(prefix), accountName(vendor, account), JSON.stringify(announcement))
    answerInTime(stored).catch(() => {
      nextAt = 0
    })
  }
}

/** JSON knows no infinity. */
function finite(limit: number): number | null {
  return Number.isFinite(limit) ? limit : null
}
