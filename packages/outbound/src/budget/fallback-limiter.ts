import type { Redis } from 'ioredis'
import type { OutboundLogger } from '../logger.ts'
import type { PerLane } from './lanes.ts'
import type { TakeRequest, TakeResult } from './limiter.ts'
import type { LocalLimiter } from './local-limiter.ts'
import type { Charge, SharedLimiter } from './shared-limiter.ts'

/** After a failed step: how long to go on alone before asking Redis again. */
const TRY_AGAIN_AFTER_MS = 1_000

/** How long the first call waits for a connection that is being made. */
const FIRST_CONNECTION_MS = 1_000

export type BudgetMode = 'shared' | 'local'

/** The shared limiter while Redis answers, the local one while it does not. Never rejects. */
export interface FallbackLimiter {
  mode(): BudgetMode
  take(request: TakeRequest, now: number, pausedUntil: PerLane<number>): Promise<TakeResult>
  pause(forMs: number, lanes: readonly number[]): Promise<void>
}

export function createFallbackLimiter(options: {
  redis: Redis | undefined
  shared: SharedLimiter | undefined
  local: LocalLimiter
  localShare: number
  logger: OutboundLogger
  /** Fields for the log lines. */
  names: object
}): FallbackLimiter {
  const { redis, shared, local, localShare, logger, names } = options
  let mode: BudgetMode = shared ? 'shared' : 'local'
  let retryAt = 0
  let usedAlone = 0
  let warned = false
  let firstConnection: Promise<void> | undefined

  const warn = (error?: unknown): void => {
    if (warned) return
    warned = true
    const fields = error === undefined ? names : { ...names, err: error }
    logger.warn({ ...fields, localShare }, 'the budget is not shared: this process keeps to its own part of the limits')
  }

  const goAlone = (now: number, error?: unknown): void => {
    warn(error)
    retryAt = now + TRY_AGAIN_AFTER_MS
    if (mode === 'local') return
    mode = 'local'
    local.startEmpty(now)
  }

  const goShared = (): void => {
    if (mode === 'shared') return
    mode = 'shared'
    warned = false
    usedAlone = 0
    logger.info(names, 'the budget is shared again')
  }

  const takeShared = async (request: TakeRequest, now: number): Promise<TakeResult | null> => {
    if (!redis || !shared || now < retryAt) return null
    firstConnection ??= connected(redis)
    await firstConnection
    if (redis.status !== 'ready') {
      goAlone(now)
      return null
    }
    const charge: Charge =
      mode === 'local' ? { minute: local.usedThisMinute(now), day: usedAlone } : { minute: 0, day: 0 }
    try {
      const result = await shared.take(request, charge)
      goShared()
      return result
    } catch (error) {
      goAlone(now, error)
      return null
    }
  }

  return {
    mode: () => mode,
    async take(request, now, pausedUntil) {
      const result = await takeShared(request, now)
      if (result) return result
      warn()
      const alone = local.take(request, now, pausedUntil)
      alone.granted.forEach((count, lane) => {
        for (const cost of request.costs[lane]?.slice(0, count) ?? []) usedAlone += cost
      })
      return alone
    },
    async pause(forMs, lanes) {
      if (redis?.status !== 'ready') return
      // The pause holds in this process in any case; others meet the vendor's refusal themselves.
      await shared?.pause(forMs, lanes).catch((error: unknown) => {
        logger.warn({ ...names, err: error }, 'a pause could not be shared')
      })
    }
  }
}

/** Resolves when a connection being made is there, or after a second without one. */
async function connected(redis: Redis): Promise<void> {
  if (redis.status === 'wait') redis.connect().catch(() => undefined)
  if (redis.status !== 'connecting' && redis.status !== 'connect') return
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      redis.off('ready', done)
      redis.off('close', done)
      resolve()
    }
    const timer = setTimeout(done, FIRST_CONNECTION_MS)
    redis.once('ready', done)
    redis.once('close', done)
  })
}
