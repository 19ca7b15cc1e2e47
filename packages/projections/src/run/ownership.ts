import type { Client, Pool } from 'pg'
import { dedicatedClient } from '../storage/dedicated-client.ts'
import { createBackOff, pause } from './back-off.ts'
import type { ProjectionLogger } from './logger.ts'

/** How often an instance that stands by tries to take over: half of the second in which a take-over is promised. */
const TRY_EVERY_MS = 400

/** A connection that gives no answer for this long counts as lost, and with it every projection it holds. */
const ANSWER_WITHIN_MS = 5_000

export interface Ownership {
  holds(projection: string): boolean
  /** Starts trying to own the projection. */
  want(projection: string): void
  /** Gives it up and stops trying. */
  release(projection: string): Promise<void>
  /** Asks the server whether the locks are still this process's; false when the connection is gone. */
  verify(): Promise<boolean>
  close(): Promise<void>
}

export interface OwnershipOptions {
  readonly pool: Pool
  readonly logger: ProjectionLogger
  onAcquired(projections: readonly string[]): void
  onLost(projections: readonly string[]): void
}

/**
 * Decides which process runs a projection: whoever holds its advisory lock, on one connection that is used for
 * nothing else. When the process or its connection dies, the server frees the locks and another process takes them.
 * The lock only chooses; what keeps a batch from being applied twice is the checkpoint's epoch.
 */
export function openOwnership(options: OwnershipOptions): Ownership {
  const { pool, logger } = options
  const closing = new AbortController()
  const wanted = new Set<string>()
  const held = new Set<string>()
  let client: Client | null = null
  /** Cuts the pause before the next attempt short. */
  let wake = (): void => undefined

  const lose = (): void => {
    const lost = [...held]
    held.clear()
    if (lost.length > 0) options.onLost(lost)
  }

  async function tryLocks(connection: Client): Promise<void> {
    const missing = [...wanted].filter((name) => !held.has(name))
    const { rows } = await connection.query<{ name: string; acquired: boolean }>(
      `select name, pg_try_advisory_lock(hashtextextended('leadlog.projections/run/' || name, 0)) as acquired
       from unnest($1::text[]) as name`,
      [missing]
    )
    const acquired = rows.filter((row) => row.acquired).map((row) => row.name)
    for (const name of acquired) held.add(name)
    if (acquired.length > 0) options.onAcquired(acquired)
  }

  async function session(): Promise<void> {
    const connection = dedicatedClient(pool, {
      application_name: 'leadlog-projections-owner',
      query_timeout: ANSWER_WITHIN_MS,
      connectionTimeoutMillis: ANSWER_WITHIN_MS
    })
    let gone = false
    const onGone = (): void => {
      gone = true
      wake()
    }
    connection.on('error', onGone)
    connection.on('end', onGone)
    try {
      await connection.connect()
      client = connection
      backOff.reset()
      while (!closing.signal.aborted && !gone) {
        // Also with nothing missing: the empty query notices a connection that died without a word.
        await tryLocks(connection)
        const waiting = new AbortController()
        wake = () => waiting.abort()
        if (!gone && !closing.signal.aborted) await pause(TRY_EVERY_MS, waiting.signal)
      }
    } finally {
      client = null
      lose()
      await connection.end().catch(() => undefined)
    }
  }

  const backOff = createBackOff()
  const running = (async () => {
    while (!closing.signal.aborted) {
      try {
        await session()
        if (!closing.signal.aborted) logger.warn({}, 'the connection that owns the projections was lost')
      } catch (error) {
        logger.warn({ err: error }, 'the connection that owns the projections failed')
      }
      await backOff.wait(closing.signal)
    }
  })()

  return {
    holds: (projection) => held.has(projection),
    want(projection) {
      wanted.add(projection)
      wake()
    },
    async release(projection) {
      wanted.delete(projection)
      if (!held.delete(projection)) return
      await client
        ?.query(`select pg_advisory_unlock(hashtextextended('leadlog.projections/run/' || $1, 0))`, [projection])
        .catch(() => undefined)
    },
    async verify() {
      try {
        if (!client) return false
        await client.query('select 1')
        return true
      } catch {
        return false
      }
    },
    async close() {
      closing.abort()
      wake()
      await running
    }
  }
}
