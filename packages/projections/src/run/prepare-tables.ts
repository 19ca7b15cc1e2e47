import type { Pool } from 'pg'
import type { AnyProjection } from '../definition/define-write-projection.ts'
import { ProjectionError } from '../errors.ts'
import { ensureBookkeeping } from '../storage/bookkeeping.ts'
import { failureKind } from '../storage/failure-kind.ts'
import { ensureTable, type TableState } from '../storage/projection-table.ts'
import { createBackOff } from './back-off.ts'
import type { ProjectionLogger } from './logger.ts'

/** Creates what is missing; repeats it while Postgres is away, any other failure is the caller's to mend. */
export async function prepareTables(options: {
  readonly pool: Pool
  readonly projections: readonly AnyProjection[]
  readonly logger: ProjectionLogger
  readonly signal?: AbortSignal
}): Promise<ReadonlyMap<AnyProjection, TableState>> {
  const { pool, projections, logger } = options
  const signal = options.signal ?? new AbortController().signal
  const backOff = createBackOff()
  for (;;) {
    try {
      await ensureBookkeeping(pool)
      const states = new Map<AnyProjection, TableState>()
      for (const projection of projections) states.set(projection, await ensureTable(pool, projection))
      return states
    } catch (error) {
      if (failureKind(error) !== 'unavailable' || signal.aborted) throw error
      logger.warn({ err: error }, 'projections wait for Postgres')
      await backOff.wait(signal)
    }
  }
}

/** @throws ProjectionError PROJECTION_INVALID when two projections share a name or a table */
export function requireDistinct(projections: readonly AnyProjection[]): void {
  const taken = new Set<string>()
  for (const projection of projections) {
    const tables = projection.kind === 'fold' ? [projection.table] : projection.tables
    for (const name of [projection.name, ...tables.map((table) => `${table.schema}.${table.name}`)]) {
      if (taken.has(name)) throw new ProjectionError('PROJECTION_INVALID', `Two projections share "${name}"`)
      taken.add(name)
    }
  }
}
