import { Redis } from 'ioredis'
import type { Logger } from './logger.ts'

/** A command that Redis does not answer within this fails, so that the local share takes over. */
const COMMAND_TIMEOUT_MS = 1_000
/** Longest wait between two attempts to reconnect. */
const LONGEST_RECONNECT_MS = 3_000

/**
 * A Redis connection that never holds anybody up: commands fail at once while it is away, and it reconnects by
 * itself. One warning when it goes, one line when it is back.
 */
export function openRedis(options: { url: string; logger: Logger }): Redis {
  const redis = new Redis(options.url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
    retryStrategy: (attempt) => Math.min(100 * 2 ** attempt, LONGEST_RECONNECT_MS)
  })
  let away = false
  redis.on('error', (error: Error) => {
    if (!away) options.logger.warn({ err: error }, 'Redis is away; going on with the local share of the limits')
    away = true
  })
  redis.on('ready', () => {
    if (away) options.logger.info('Redis is back')
    away = false
  })
  return redis
}
