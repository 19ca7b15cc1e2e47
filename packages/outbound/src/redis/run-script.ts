import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'

/** Redis answers within milliseconds; who waits longer is better served by going on without it. */
const REDIS_TIMEOUT_MS = 1_000

/** A Lua script, run as one atomic step on the server. */
export interface RedisScript {
  readonly source: string
  readonly sha: string
}

export function redisScript(source: string): RedisScript {
  return { source, sha: createHash('sha1').update(source).digest('hex') }
}

/**
 * Runs the script, sending its text only when the server does not hold it. Rejects when Redis does not answer within a
 * second; the script may then still have run.
 */
export async function runScript(
  redis: Redis,
  script: RedisScript,
  keys: readonly string[],
  args: readonly (string | number)[]
): Promise<unknown> {
  const run = async (): Promise<unknown> => {
    try {
      return await redis.evalsha(script.sha, keys.length, ...keys, ...args)
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
      return redis.eval(script.source, keys.length, ...keys, ...args)
    }
  }
  return answerInTime(run())
}

/** Rejects when the answer does not come within a second. */
export async function answerInTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('Redis did not answer in time')), REDIS_TIMEOUT_MS)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
