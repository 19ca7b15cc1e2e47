import { rowTypes } from '@leadlog/projections'
import { surviveLostConnections, type Logger } from '@leadlog/service'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { GatewayTables, ReadDatabase } from './database.ts'

/** Connections for reads, beside those of the projections; enough for 100 users on two cores. */
const POOL_SIZE = 10
/** A read that waits longer for a connection fails with 503, instead of queueing behind others that wait too. */
const CONNECT_TIMEOUT_MS = 3_000
/** No read of this service is meant to take so long; one that does must not hold a connection. */
const STATEMENT_TIMEOUT_MS = 10_000

/**
 * What Postgres takes one page out of order to cost, in pages in order. Its own guess is 4, of disks that turn: with it, it
 * reads all CRM writes to find those of two hundred webhooks.
 */
const RANDOM_PAGE_COST = 1.1

/**
 * A pool for reads only: rows come as the folds see them, and a statement that would write is refused by Postgres.
 *
 * @param options.role what every connection is from its start; the login's own role where absent
 */
export function openReadDatabase(options: { url: string; logger: Logger; role?: string }): {
  db: ReadDatabase
  close(): Promise<void>
} {
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: 'leadlog-gateway-reads',
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    options: [
      '-c default_transaction_read_only=on',
      `-c random_page_cost=${String(RANDOM_PAGE_COST)}`,
      ...(options.role === undefined ? [] : [`-c role=${options.role}`])
    ].join(' '),
    types: rowTypes
  })
  surviveLostConnections(pool, (error) =>
    options.logger.warn({ code: error.code, reason: error.message }, 'an idle Postgres connection was lost')
  )
  const db = new Kysely<GatewayTables>({ dialect: new PostgresDialect({ pool }) })
  return {
    db,
    async close() {
      await db.destroy()
      // Kysely ends the pool only where it made a query.
      if (!pool.ended) await pool.end()
    }
  }
}
