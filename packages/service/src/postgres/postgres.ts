import { setTimeout as delay } from 'node:timers/promises'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Logger } from '../logger.ts'
import { watchRefusals, type PostgresRefusals } from './postgres-refusals.ts'
import { surviveLostConnections } from './survive-lost-connections.ts'

/** Connections of one process: enough for its readers and its one batch loop; the server allows 100 in all. */
const POOL_SIZE = 8
/** A query that waits longer than this for a connection fails; the message is delivered again. */
const CONNECT_TIMEOUT_MS = 5_000
/** First wait before Postgres is tried again at start; doubles up to the second. */
const FIRST_RETRY_MS = 200
const LONGEST_RETRY_MS = 5_000

/** The service's database: one pool, shared by Kysely and by what needs plain clients. */
export interface Postgres {
  readonly pool: pg.Pool
  // The schema of the tables is known to the queries that use them: `db.withTables<…>()`.
  readonly db: Kysely<unknown>
  readonly refusals: PostgresRefusals
  close(): Promise<void>
}

/** Opens the pool. Nothing is connected until it is used; a lost connection is replaced. */
export function openPostgres(options: {
  url: string
  applicationName: string
  logger: Logger
  poolSize?: number
}): Postgres {
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.poolSize ?? POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS
  })
  surviveLostConnections(pool, (error) =>
    options.logger.warn({ code: error.code, reason: error.message }, 'an idle Postgres connection was lost')
  )
  const refusals = watchRefusals(pool, options.logger)
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  // Kysely ends the pool only when it has used it itself.
  const close = async (): Promise<void> => {
    await db.destroy()
    if (!pool.ended) await pool.end()
  }
  return { pool, db, refusals, close }
}

/** Waits until Postgres answers; returns early, unconnected, when the signal says stop. */
export async function waitForPostgres(postgres: Postgres, logger: Logger, signal: AbortSignal): Promise<void> {
  let wait = FIRST_RETRY_MS
  while (!signal.aborted) {
    try {
      await postgres.pool.query('select 1')
      return
    } catch (error) {
      logger.warn({ err: error, retryInMs: wait }, 'Postgres does not answer yet')
      await delay(wait, undefined, { signal }).catch(() => undefined)
      wait = Math.min(wait * 2, LONGEST_RETRY_MS)
    }
  }
}
