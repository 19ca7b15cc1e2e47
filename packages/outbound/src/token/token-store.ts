import { createHash, randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { OutboundLogger } from '../logger.ts'
import { answerInTime, redisScript, runScript } from '../redis/run-script.ts'
import type { FailureRecord, TokenRecord } from './token-record.ts'

/** Longer than a refresh takes with its own time-out; who dies holding the lock holds others up for no longer. */
const LOCK_MS = 30_000

/** KEYS: lock, entry. ARGV: owner, value, for how long in ms. Only the lock's owner writes; writing gives it back. */
const finishScript = redisScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] ~= '' then redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3]) end
redis.call('DEL', KEYS[1])
return 1
`)

/** Encrypts what lies in Redis. */
export interface TokenSeal {
  seal(text: string): Promise<string>
  open(sealed: string): Promise<string>
}

/** The refresh that one process may make while it holds the lock. Each ending gives the lock back. */
export interface TokenLock {
  /** False when the lock was lost meanwhile, to a process that refreshed as well: its token counts. */
  store(record: TokenRecord, now: number): Promise<boolean>
  storeFailure(failure: FailureRecord, now: number): Promise<boolean>
  release(): Promise<boolean>
}

export interface SharedToken {
  readonly record: TokenRecord | null
  readonly failure: FailureRecord | null
}

/** The token that all processes share. Every method rejects when Redis is away. */
export interface TokenStore {
  read(): Promise<SharedToken>
  /** Null when another process refreshes. */
  lock(): Promise<TokenLock | null>
}

export function createTokenStore(options: {
  redis: Redis
  keyPrefix: string
  vendor: string
  credentials: string
  seal: TokenSeal
  logger: OutboundLogger
}): TokenStore {
  const { redis, vendor, seal, logger } = options
  const digest = createHash('sha256').update(options.credentials).digest('hex').slice(0, 32)
  const key = (part: string): string => `${options.keyPrefix}{token:${vendor}:${digest}}:${part}`
  const owner = randomUUID()

  const open = async (sealed: string | null | undefined): Promise<TokenRecord | null> => {
    if (!sealed) return null
    try {
      return JSON.parse(await seal.open(sealed)) as TokenRecord
    } catch (error) {
      logger.warn({ err: error, vendor }, 'a shared access token could not be opened and is replaced')
      return null
    }
  }
  const finish = async (entry: string, value: string, forMs: number): Promise<boolean> => {
    const args = [owner, value, Math.max(1, Math.ceil(forMs))]
    return (await runScript(redis, finishScript, [key('lock'), key(entry)], args)) === 1
  }

  return {
    async read() {
      const [sealed, failure] = await answerInTime(redis.mget(key('value'), key('failure')))
      return { record: await open(sealed), failure: failure ? (JSON.parse(failure) as FailureRecord) : null }
    },
    async lock() {
      const taken = await answerInTime(redis.set(key('lock'), owner, 'PX', LOCK_MS, 'NX'))
      if (taken !== 'OK') return null
      return {
        async store(record, now) {
          const sealed = await seal.seal(JSON.stringify(record)).catch((error: unknown) => {
            logger.warn({ err: error, vendor }, 'an access token could not be sealed; it is not shared')
            return ''
          })
          return finish('value', sealed, record.expiresAt - now)
        },
        storeFailure: (failure, now) => finish('failure', JSON.stringify(failure), failure.until - now),
        release: () => finish('value', '', 0)
      }
    }
  }
}
