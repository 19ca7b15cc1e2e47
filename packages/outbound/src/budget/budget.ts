import { randomUUID } from 'node:crypto'
import { TransientError, type Lane } from '@leadlog/contracts'
import type { Redis } from 'ioredis'
import { silentLogger, type OutboundLogger } from '../logger.ts'
import { createFallbackLimiter, type BudgetMode } from './fallback-limiter.ts'
import { accountKeyPrefix, DEFAULT_KEY_PREFIX } from './account-keys.ts'
import { announcements } from './announcements.ts'
import { byLaneName, LANES, laneIndex, perLane } from './lanes.ts'
import type { Usage } from './limiter.ts'
import { limitsOf, localPart, type LimitOptions } from './limits.ts'
import { createLocalLimiter } from './local-limiter.ts'
import { createPoller } from './poller.ts'
import { createSharedLimiter } from './shared-limiter.ts'
import { createWaitingRoom, type Waiter } from './waiting-room.ts'

export interface BudgetOptions extends LimitOptions {
  vendor: string
  /** Which account with the vendor; all processes with the same vendor and account share one budget. */
  account: string
  /**
   * The most calls in any 60 seconds. A part of them, the burst, may go at once after a quiet time; the others become
   * free evenly, so `perMinute - burst` is what can be sustained: 250 with a burst of 50 sustains 200.
   */
  perMinute: number
  /** Default a tenth of `perMinute`. */
  burst?: number
  /** The most calls in any 24 hours; none where absent. */
  perDay?: number
  /** Where the budget is shared. Without it, or while it is away, each process keeps to {@link localShare}. */
  redis?: Redis
  /** The part of the limits that one process uses on its own. Default 0.25; make it 1 / the number of processes. */
  localShare?: number
  /** Put before the keys in Redis. Default `leadlog:`. */
  keyPrefix?: string
  logger?: OutboundLogger
  /** For tests: time comes from here, also for the shared budget, instead of from the Redis server. */
  clock?: () => Date
}

export interface AcquireOptions {
  signal?: AbortSignal
  /** Gives up after so long, or at once when it is known to take longer. Default: waits as long as it takes. */
  maxWaitMs?: number
}

/** Where a budget stands, for metrics and the dashboard. Account-wide as of the last step, waiting in this process. */
export interface BudgetSnapshot {
  readonly vendor: string
  readonly account: string
  readonly mode: BudgetMode
  readonly minute: { readonly used: number; readonly limit: number }
  readonly day: { readonly used: number; readonly limit: number | null }
  /** How many calls wait in this process. */
  readonly waiting: Readonly<Record<Lane, number>>
  /** How many calls wait in all processes, as far as known. */
  readonly waitingEverywhere: Readonly<Record<Lane, number>>
  /** Null for a lane that is not paused. */
  readonly pausedUntil: Readonly<Record<Lane, Date | null>>
}

/**
 * What one vendor account allows, shared by all processes through Redis.
 *
 * Guarantees, while Redis answers: never more than `perMinute` in any 60 seconds nor `perDay` in any 24 hours, over
 * all processes. Lanes that wait get calls in proportion to their weights, so an urgent call overtakes a long line of
 * others, and every lane that waits gets its part. A lane's part of the day is the one exception: bulk work waits when
 * 90 % of the day are used up, a replay at 80 %.
 *
 * While Redis is away each process keeps to its local share and returns by itself; what was used meanwhile is charged
 * to the shared count. A Redis that lost its data counts from nothing.
 */
export interface Budget {
  /**
   * Waits until a call of the lane may be made. `cost` is what the vendor counts for it, in whole units.
   *
   * @throws TransientError `OUTBOUND_BUDGET_EXHAUSTED`, with `retryAfterMs`, when the wait is or would be too long
   * @throws TransientError `OUTBOUND_GIVEN_UP` when the signal ends the wait
   * @throws TransientError `OUTBOUND_BUDGET_CLOSED`
   */
  acquire(lane: Lane, cost?: number, options?: AcquireOptions): Promise<{ waitedMs: number }>
  /**
   * Stops the lane and the less urgent ones until the time, in all processes; every lane where none is named. More
   * urgent lanes go on until the vendor refuses them as well. Holds here at once, elsewhere with their next call.
   */
  pause(untilMs: number, reason: string, lane?: Lane): Promise<void>
  snapshot(): BudgetSnapshot
  /** Rejects what waits. */
  close(): void
}

const DEFAULT_LOCAL_SHARE = 0.25

/** @throws TypeError when the limits do not fit together */
export function createBudget(options: BudgetOptions): Budget {
  const { vendor, account, redis, logger = silentLogger, localShare = DEFAULT_LOCAL_SHARE, clock } = options
  const limits = limitsOf(options)
  const prefix = options.keyPrefix ?? DEFAULT_KEY_PREFIX
  const keyPrefix = accountKeyPrefix(prefix, vendor, account)
  const names = { vendor, account }
  const now = (): number => (clock ? clock().getTime() : Date.now())

  const announce = redis ? announcements({ redis, prefix, vendor, account, limits, now }) : () => undefined
  announce()

  const room = createWaitingRoom()
  const pausedUntil = perLane(() => 0)
  let usage: Usage | undefined
  let closed = false

  const limiter = createFallbackLimiter({
    redis,
    shared: redis && createSharedLimiter({ redis, keyPrefix, limits, processId: randomUUID(), clock }),
    local: createLocalLimiter(localPart(limits, localShare)),
    localShare,
    logger,
    names
  })
  const poller = createPoller({
    room,
    limiter,
    now,
    pausedUntil: () => pausedUntil,
    onUsage(latest) {
      usage = latest
      announce()
      latest.pausedUntil.forEach((until, lane) => {
        pausedUntil[lane] = Math.max(pausedUntil[lane] ?? 0, until)
      })
    },
    tooLate: (lane, waiter) => tooLate(lane, waiter.deadline)
  })

  /** The error for who cannot be served by the deadline; null while there is hope. */
  const tooLate = (lane: number, deadline: number): TransientError | null => {
    const at = now()
    const blockedUntil = Math.max(pausedUntil[lane] ?? 0, usage?.dayFreeAt[lane] ?? 0)
    if (Math.max(at, blockedUntil) < deadline) return null
    return new TransientError(
      'OUTBOUND_BUDGET_EXHAUSTED',
      `No call to ${vendor} became free for lane ${LANES[lane] ?? ''} in time. It is tried again later; raise the budget if this persists.`,
      { retryAfterMs: blockedUntil > at ? blockedUntil - at : undefined, countsAsAttempt: false }
    )
  }

  return {
    acquire(lane, cost = 1, { signal, maxWaitMs = Infinity } = {}) {
      if (!Number.isInteger(cost) || cost < 1) throw new TypeError('A call costs a whole number of units, at least 1')
      if (closed) return Promise.reject(budgetClosed(vendor))
      if (signal?.aborted) return Promise.reject(givenUp(vendor, signal))
      const since = now()
      const hopeless = maxWaitMs < Infinity ? tooLate(laneIndex(lane), since + maxWaitMs) : null
      if (hopeless && maxWaitMs > 0) return Promise.reject(hopeless)
      return new Promise((resolve, reject) => {
        const onAbort = (): void => {
          if (signal && room.remove(lane, waiter)) waiter.fail(givenUp(vendor, signal))
          poller.wake()
        }
        const waiter: Waiter = {
          cost,
          since,
          deadline: since + maxWaitMs,
          go(waitedMs) {
            signal?.removeEventListener('abort', onAbort)
            resolve({ waitedMs })
          },
          fail(error) {
            signal?.removeEventListener('abort', onAbort)
            reject(error)
          }
        }
        signal?.addEventListener('abort', onAbort, { once: true })
        room.add(lane, waiter)
        poller.arrived(laneIndex(lane))
      })
    },

    async pause(untilMs, reason, lane) {
      const forMs = untilMs - now()
      if (forMs <= 0) return
      const lanes = LANES.map((_, index) => index).slice(lane ? laneIndex(lane) : 0)
      for (const index of lanes) pausedUntil[index] = Math.max(pausedUntil[index] ?? 0, untilMs)
      logger.warn({ ...names, lane: lane ?? 'all', pausedForMs: Math.round(forMs), reason }, 'calls to a vendor pause')
      poller.wake()
      await limiter.pause(forMs, lanes)
    },

    snapshot() {
      const at = now()
      return {
        vendor,
        account,
        mode: limiter.mode(),
        minute: { used: usage?.usedThisMinute ?? 0, limit: limits.perMinute },
        day: { used: usage?.usedThisDay ?? 0, limit: limits.perDay === Infinity ? null : limits.perDay },
        waiting: byLaneName(room.counts(), 0),
        waitingEverywhere: byLaneName(usage?.waiting ?? [], 0),
        pausedUntil: byLaneName(
          pausedUntil.map((until) => (until > at ? new Date(until) : null)),
          null
        )
      }
    },

    close() {
      closed = true
      for (const [index, line] of room.lines().entries()) {
        const lane = LANES[index]
        for (const waiter of line) if (lane && room.remove(lane, waiter)) waiter.fail(budgetClosed(vendor))
      }
      poller.close()
    }
  }
}

function budgetClosed(vendor: string): TransientError {
  return new TransientError(
    'OUTBOUND_BUDGET_CLOSED',
    `The process stops; the call to ${vendor} is made after its restart.`,
    { countsAsAttempt: false }
  )
}

function givenUp(vendor: string, signal: AbortSignal): TransientError {
  return new TransientError('OUTBOUND_GIVEN_UP', `The call to ${vendor} was given up before it was sent.`, {
    cause: signal.reason,
    countsAsAttempt: false
  })
}
