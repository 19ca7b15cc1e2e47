import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '../logger.ts'
import { checkMigrations, migrateUp, MigrationError, type ServiceMigrations } from './migrate.ts'
import type { Postgres } from './postgres.ts'
import { postgresRefusal } from './postgres-refusals.ts'

/** First wait before Postgres is tried again; doubles up to the second. */
const FIRST_RETRY_MS = 200
const LONGEST_RETRY_MS = 5_000

/** The tables of a service that does its main work without them. */
export interface LaterTables {
  /** Why they cannot be used yet, as half a sentence; null once they can. */
  pending(): string | null
  stop(): Promise<void>
}

/**
 * Brings the tables to what this release needs as soon as Postgres answers, however late. Tables of a newer release, or ones
 * that were changed, stay untouched and unused until the process is started again.
 */
export function migrateLater(
  postgres: Pick<Postgres, 'db' | 'pool'>,
  migrations: ServiceMigrations | undefined,
  logger: Logger
): LaterTables {
  const stopping = new AbortController()
  let pending: string | null = 'Postgres did not answer yet'
  const migrate = async (): Promise<void> => {
    for (let wait = FIRST_RETRY_MS; !stopping.signal.aborted; wait = Math.min(wait * 2, LONGEST_RETRY_MS)) {
      try {
        await postgres.pool.query('select 1')
        if (migrations) {
          await checkMigrations(postgres.db, migrations)
          const applied = await migrateUp(postgres.db, migrations)
          if (applied.length > 0) logger.info({ applied }, 'migrations applied')
        }
        pending = null
        return
      } catch (error) {
        pending = reasonOf(error)
        if (error instanceof MigrationError && error.code !== 'MIGRATION_FAILED') {
          logger.error({ err: error }, 'the tables are left alone, and what needs them waits')
          return
        }
        logger.warn({ err: error, retryInMs: wait }, 'what needs Postgres waits until it answers')
        await delay(wait, undefined, { signal: stopping.signal }).catch(() => undefined)
      }
    }
  }
  const running = migrate()
  return {
    pending: () => pending,
    async stop() {
      stopping.abort()
      await running
    }
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof MigrationError) return error.message
  return postgresRefusal(error)?.words ?? 'Postgres does not answer'
}
