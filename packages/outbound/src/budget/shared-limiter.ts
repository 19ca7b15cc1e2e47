import type { Redis } from 'ioredis'
import { runScript } from '../redis/run-script.ts'
import { accountKeys } from './account-keys.ts'
import { LANES, perLane } from './lanes.ts'
import { LONGEST_SLEEP_MS, OTHERS_TURN_MS, type TakeRequest, type TakeResult } from './limiter.ts'
import { DAY, MINUTE, type Limits } from './limits.ts'
import { pauseScript, takeScript } from './take-script.ts'

/** A process that has not asked for so long is taken for gone, and no call is kept for it any more. */
const PRESENCE_MS = 2_000

/** Heads of a line sent in one step: far more than become free at once. */
const MOST_HEADS = 64

/** Uses that the shared count does not know yet, made while Redis was away. */
export interface Charge {
  readonly minute: number
  readonly day: number
}

/** Gives out calls to all processes of one vendor account. Rejects when Redis is away. */
export interface SharedLimiter {
  take(request: TakeRequest, charge: Charge): Promise<TakeResult>
  pause(forMs: number, lanes: readonly number[]): Promise<void>
}

export function createSharedLimiter(options: {
  redis: Redis
  /** Names the account's keys. */
  keyPrefix: string
  limits: Limits
  processId: string
  /** Only tests give one: otherwise the time is the Redis server's, the same for all machines. */
  clock?: (() => Date) | undefined
}): SharedLimiter {
  const { redis, keyPrefix, limits, processId, clock } = options
  // The braces keep the keys of one account on one node of a cluster.
  const names = accountKeys(keyPrefix)
  const keys = [names.state, names.waiting, names.minute, names.day, names.recent]
  const now = (): string => (clock ? String(clock().getTime()) : '')

  return {
    async take(request, charge) {
      const settings = [limits.rate, limits.burst, limits.perMinute, MINUTE.sliceMs, MINUTE.slices]
      const timing = [DAY.sliceMs, DAY.slices, OTHERS_TURN_MS, LONGEST_SLEEP_MS, PRESENCE_MS, charge.minute, charge.day]
      const lanes = LANES.flatMap((_, lane) => [
        limits.weights[lane] ?? 1,
        toLua(limits.dayLimits[lane] ?? Infinity),
        request.waiting[lane] ?? 0,
        (request.costs[lane] ?? []).slice(0, MOST_HEADS).join(',')
      ])
      const args = [now(), processId, ...settings, ...timing, ...lanes]
      return readReply(await runScript(redis, takeScript, keys, args), (clock?.() ?? new Date()).getTime())
    },
    async pause(forMs, lanes) {
      await runScript(redis, pauseScript, [names.state], [now(), Math.ceil(forMs), ...lanes.map((lane) => lane + 1)])
    }
  }
}

/** Lua reads no "Infinity". */
function toLua(limit: number): number {
  return Number.isFinite(limit) ? limit : Number.MAX_SAFE_INTEGER
}

/** Times come by the server's clock and are given by this machine's, which may differ. */
function readReply(reply: unknown, now: number): TakeResult {
  const numbers = (reply as readonly (number | string)[]).map(Number)
  const [askAgainInMs = 0, usedThisMinute = 0, usedThisDay = 0, serverNow = now] = numbers.slice(LANES.length * 4)
  const column = (offset: number): number[] => perLane((_, lane) => numbers[lane * 4 + offset] ?? 0)
  const times = (offset: number): number[] => column(offset).map((time) => time && time - serverNow + now)
  return {
    granted: column(0),
    askAgainInMs,
    usage: { pausedUntil: times(1), dayFreeAt: times(2), waiting: column(3), usedThisMinute, usedThisDay }
  }
}
