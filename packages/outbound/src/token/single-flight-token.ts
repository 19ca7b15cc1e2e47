import { setTimeout as delay } from 'node:timers/promises'
import { TransientError } from '@leadlog/contracts'
import type { Redis } from 'ioredis'
import { silentLogger, type OutboundLogger } from '../logger.ts'
import { failureError, failureRecord, type AccessToken, type FailureRecord, type TokenRecord } from './token-record.ts'
import { createTokenStore, type SharedToken, type TokenLock, type TokenSeal, type TokenStore } from './token-store.ts'

export interface TokenOptions {
  vendor: string
  /**
   * What identifies the credentials, for example client id and refresh token; only a hash of it is stored. Other
   * credentials have another token, and no failure of these holds them up.
   */
  credentials: string
  /**
   * Asks the vendor for a token. A PermanentError (revoked, wrong client) is remembered for ten minutes, a
   * TransientError for its `retryAfterMs` or three seconds: until then nobody asks again.
   */
  refresh: () => Promise<{ value: string; expiresInMs: number; details?: Readonly<Record<string, string>> }>
  /** Where the token is shared. Without it, or while it is away, each process refreshes for itself. */
  redis?: Redis
  /** Encrypts what is stored in Redis. */
  seal: TokenSeal
  /** Default `leadlog:`. */
  keyPrefix?: string
  /** How long before its end a token is replaced. Default five minutes, at most a fifth of its life. */
  earlyMs?: number
  logger?: OutboundLogger
  clock?: () => Date
  random?: () => number
}

/** An access token that all processes share and refresh one at a time. */
export interface SingleFlightToken {
  /**
   * A token that is good for some minutes.
   *
   * @throws PermanentError or TransientError what `refresh` threw, from memory where it is too early to ask again
   * @throws TransientError `OUTBOUND_TOKEN_BUSY` when another process takes too long to refresh it
   * @throws TransientError `OUTBOUND_TOKEN_REFUSED` when the vendor refuses even new tokens
   */
  get(): Promise<AccessToken>
  /** The vendor refused the token: the next {@link get} gives another. A token is refreshed for that only once. */
  refused(value: string): void
  /** Makes the call with a token and, when the vendor refused it, once more with another. */
  use<T>(call: (token: AccessToken) => Promise<T>, wasRefused: (error: unknown) => boolean): Promise<T>
}

const DEFAULT_EARLY_MS = 300_000
const LONGEST_EARLY_PART = 0.2

/** Spreads the processes' refreshes, so that one is first and the others find its token. */
const EARLY_JITTER_PART = 0.2

/** A token that replaced a refused one and is refused as well within this time: asking for a third changes nothing. */
const REFUSED_AGAIN_MS = 300_000

/** While another process refreshes: how often to look, and for how long. Its lock ends by then. */
const LOOK_EVERY_MS = 100
const LOOK_FOR_MS = 35_000

export function singleFlightToken(options: TokenOptions): SingleFlightToken {
  const { vendor, redis, refresh, earlyMs = DEFAULT_EARLY_MS, logger = silentLogger } = options
  const { clock = () => new Date(), random = Math.random, keyPrefix = 'leadlog:' } = options
  const store = redis && createTokenStore({ ...options, redis, keyPrefix, logger })
  const now = (): number => clock().getTime()

  let current: { record: TokenRecord; refreshAt: number } | undefined
  let failure: FailureRecord | undefined
  let refusedValue: string | undefined
  let running: Promise<TokenRecord> | undefined
  let warned = false

  const isUsable = (record: TokenRecord): boolean => record.value !== refusedValue && now() < record.expiresAt
  /** The token at hand, when it need not be replaced yet. */
  const good = (): TokenRecord | undefined =>
    current && isUsable(current.record) && now() < current.refreshAt ? current.record : undefined

  const adopt = (record: TokenRecord): TokenRecord => {
    if (current?.record.value === record.value && current.record.obtainedAt >= record.obtainedAt) return record
    const early = Math.min(earlyMs, (record.expiresAt - record.obtainedAt) * LONGEST_EARLY_PART)
    current = { record, refreshAt: record.expiresAt - early * (1 + random() * EARLY_JITTER_PART) }
    return record
  }

  const throwKnownFailure = (): void => {
    if (failure && now() < failure.until) throw failureError(failure, now())
    failure = undefined
  }

  /** Undefined when there is no Redis or it is away. */
  const shared = async <T>(step: (store: TokenStore) => Promise<T>): Promise<T | undefined> => {
    if (!store) return undefined
    try {
      if (redis?.status !== 'ready') throw new Error(`the connection to Redis is ${redis?.status ?? 'missing'}`)
      const result = await step(store)
      warned = false
      return result
    } catch (error) {
      if (!warned) logger.warn({ err: error, vendor }, 'the access token is not shared while Redis is away')
      warned = true
      return undefined
    }
  }

  const takeOver = (seen: SharedToken): TokenRecord | undefined => {
    if (seen.record && isUsable(seen.record)) adopt(seen.record)
    const found = good()
    if (found) return found
    if (seen.failure) failure = seen.failure
    throwKnownFailure()
    return undefined
  }

  const askVendor = async (lock: TokenLock | undefined): Promise<TokenRecord> => {
    const forced = current !== undefined && current.record.value === refusedValue
    try {
      const { value, expiresInMs, details = {} } = await refresh()
      const obtainedAt = now()
      const record = { value, expiresAt: obtainedAt + expiresInMs, obtainedAt, forced, details }
      if (value === refusedValue) refusedValue = undefined
      const stored = lock && (await shared(() => lock.store(record, obtainedAt)))
      // The lock was lost: another process refreshed as well, and its token is the shared one.
      const winner = stored === false ? (await shared((store) => store.read()))?.record : undefined
      return adopt(winner && isUsable(winner) ? winner : record)
    } catch (error) {
      const failed = failureRecord(error, now())
      failure = failed
      logger.warn({ err: error, vendor, permanent: failed.permanent }, 'an access token could not be refreshed')
      if (lock) await shared(() => lock.storeFailure(failed, now()))
      throw error
    }
  }

  const refreshLocked = async (lock: TokenLock): Promise<TokenRecord> => {
    // Another process may have finished between the look and the lock.
    const seen = await shared((store) => store.read())
    let found: TokenRecord | undefined
    try {
      found = seen && takeOver(seen)
    } catch (error) {
      await shared(() => lock.release())
      throw error
    }
    if (!found) return askVendor(lock)
    await shared(() => lock.release())
    return found
  }

  const obtain = async (): Promise<TokenRecord> => {
    throwKnownFailure()
    for (const giveUpAt = performance.now() + LOOK_FOR_MS; ;) {
      const seen = await shared((store) => store.read())
      const found = seen && takeOver(seen)
      if (found) return found
      const lock = seen && (await shared((store) => store.lock()))
      if (lock === undefined) return askVendor(undefined)
      if (lock !== null) return refreshLocked(lock)
      if (performance.now() > giveUpAt) throw busy(vendor)
      await delay(LOOK_EVERY_MS * (0.5 + random()))
    }
  }

  const get = async (): Promise<AccessToken> => {
    const found = good()
    if (found) return accessToken(found)
    running ??= obtain().finally(() => (running = undefined))
    try {
      return accessToken(await running)
    } catch (error) {
      // Tokens are replaced early: the one at hand may be good for some minutes more.
      if (current && isUsable(current.record)) return accessToken(current.record)
      throw error
    }
  }

  const refused = (value: string): void => {
    if (current?.record.value !== value || value === refusedValue) return
    refusedValue = value
    const { forced, obtainedAt } = current.record
    if (forced && now() - obtainedAt < REFUSED_AGAIN_MS) failure = refusedAgain(vendor, now())
  }

  return {
    get,
    refused,
    async use(call, wasRefused) {
      const first = await get()
      try {
        return await call(first)
      } catch (error) {
        if (!wasRefused(error)) throw error
        refused(first.value)
      }
      const second = await get()
      try {
        return await call(second)
      } catch (error) {
        if (wasRefused(error)) refused(second.value)
        throw error
      }
    }
  }
}

function accessToken({ value, expiresAt, details }: TokenRecord): AccessToken {
  return { value, expiresAt: new Date(expiresAt), details }
}

function refusedAgain(vendor: string, now: number): FailureRecord {
  const message = `${vendor} refuses even a new access token. Check the account, its data centre and its permissions.`
  return { permanent: false, code: 'OUTBOUND_TOKEN_REFUSED', message, until: now + REFUSED_AGAIN_MS }
}

function busy(vendor: string): TransientError {
  const message = `Another process has been refreshing the access token of ${vendor} for too long. It is tried again later.`
  return new TransientError('OUTBOUND_TOKEN_BUSY', message, { countsAsAttempt: false })
}
