import type { Redis } from 'ioredis'
import { accountKeyPrefix, accountKeys, accountsKey, DEFAULT_KEY_PREFIX } from '../budget/account-keys.ts'
import type { Announcement } from '../budget/announcements.ts'
import { perLane, type PerLane } from '../budget/lanes.ts'
import { DAY, MINUTE, RECENT, type Limits, type WindowShape } from '../budget/limits.ts'
import { answerInTime } from '../redis/run-script.ts'
import type { AccountState } from './account-state.ts'

/** A budget that no process kept for so long belongs to an account that is not used any more. */
const FORGOTTEN_AFTER_MS = 7 * 86_400_000

type Fields = Readonly<Record<string, string>>

/**
 * The budgets of all vendor accounts in use, by vendor and account. Only reads: nothing is taken, pruned or prolonged.
 * Each account is read in one atomic step.
 *
 * @throws Error when Redis does not answer within a second
 */
export async function readAccounts(
  redis: Redis,
  options: { keyPrefix?: string; clock?: () => Date } = {}
): Promise<AccountState[]> {
  const { keyPrefix: prefix = DEFAULT_KEY_PREFIX, clock } = options
  const announced = await answerInTime(redis.hvals(accountsKey(prefix)))
  const states = await Promise.all(
    announced.map(async (text) => {
      const announcement = JSON.parse(text) as Announcement
      const keys = accountKeys(accountKeyPrefix(prefix, announcement.vendor, announcement.account))
      const step = redis.multi().time()
      for (const key of [keys.state, keys.waiting, keys.minute, keys.day, keys.recent]) step.hgetall(key)
      const [time, ...hashes] = ((await answerInTime(step.exec())) ?? []).map(([error, value]) => {
        if (error) throw error
        return value
      })
      const [seconds = 0, micros = 0] = (time as readonly (string | number)[]).map(Number)
      const at = clock ? clock().getTime() : seconds * 1_000 + Math.floor(micros / 1_000)
      return stateOf(announcement, at, hashes as readonly Fields[])
    })
  )
  return states
    .filter(({ announcedAt, at }) => announcedAt > at - FORGOTTEN_AFTER_MS)
    .sort((a, b) => a.vendor.localeCompare(b.vendor) || a.account.localeCompare(b.account))
}

function stateOf(announcement: Announcement, at: number, hashes: readonly Fields[]): AccountState {
  const [state = {}, waiting = {}, minute = {}, day = {}, recent = {}] = hashes
  const limits = limitsOf(announcement)
  const tokens = Number(state['tokens'] ?? limits.burst)
  const quietMs = Math.max(0, at - Number(state['at'] ?? at))
  return {
    vendor: announcement.vendor,
    account: announcement.account,
    limits,
    announcedAt: announcement.announcedAt,
    at,
    tokens: Math.min(limits.burst, tokens + quietMs * limits.rate),
    usedThisMinute: slicesOf(minute, MINUTE, at).reduce((sum, { count }) => sum + count, 0),
    day: slicesOf(day, DAY, at),
    waiting: waitingOf(waiting, at),
    pausedUntil: perLane((_, lane) => {
      const until = Number(state[`paused${String(lane + 1)}`] ?? 0)
      return until > at ? until : 0
    }),
    perMinute: recentOf(recent, at)
  }
}

function limitsOf({ limits }: Announcement): Limits {
  const whole = (limit: number | null): number => limit ?? Infinity
  return { ...limits, perDay: whole(limits.perDay), dayLimits: limits.dayLimits.map(whole) }
}

function slicesOf(fields: Fields, { sliceMs, slices }: WindowShape, at: number) {
  const oldest = Math.floor(at / sliceMs) - slices
  return Object.entries(fields)
    .flatMap(([name, count]) => (/^n\d+$/.test(name) ? [{ slice: Number(name.slice(1)), count: Number(count) }] : []))
    .filter(({ slice }) => slice >= oldest)
    .sort((a, b) => a.slice - b.slice)
}

/** Each process says until when it counts, and how many wait in each of its lanes. */
function waitingOf(fields: Fields, at: number): PerLane<number> {
  const present = Object.values(fields)
    .map((text) => text.split(',').map(Number))
    .filter(([until = 0]) => until > at)
  return perLane((_, lane) => present.reduce((sum, counts) => sum + (counts[lane + 1] ?? 0), 0))
}

/** Over the whole minutes behind, and the one that has begun. */
function recentOf(fields: Fields, at: number): PerLane<number> {
  const current = Math.floor(at / RECENT.sliceMs)
  const minutes = RECENT.slices + (at % RECENT.sliceMs) / RECENT.sliceMs
  return perLane((_, lane) => {
    const counts = Object.entries(fields)
      .map(([name, count]) => [...name.split(':').map(Number), Number(count)])
      .filter(([slice = 0, number]) => number === lane + 1 && slice >= current - RECENT.slices && slice <= current)
    return counts.reduce((sum, [, , count = 0]) => sum + count, 0) / minutes
  })
}
