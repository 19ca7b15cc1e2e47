import type { EventSource } from '@leadlog/contracts'
import type { Pool } from 'pg'
import type { Projection } from '../definition/define-projection.ts'
import { ProjectionError } from '../errors.ts'
import { rebuildProjection } from '../rebuild/rebuild-projection.ts'
import { swapTables } from '../rebuild/swap-tables.ts'
import { failureKind } from '../storage/failure-kind.ts'
import { readSlot } from '../storage/projection-table.ts'
import { createBackOff } from './back-off.ts'
import type { ProjectionLogger } from './logger.ts'

/** Another process may take long to rebuild the same table; looking now and then is enough. */
const LOOK_FIRST_MS = 250
const LOOK_LAST_MS = 5_000

/**
 * Builds a new version's table beside the live one and swaps it in; the old version's rows are read until then. Where
 * another process is at it, waits for that one. Returns when the live table is of this version, or of a newer one.
 */
export async function upgradeTable(options: {
  readonly projection: Projection
  readonly source: EventSource
  readonly pool: Pool
  readonly logger: ProjectionLogger
  readonly signal: AbortSignal
}): Promise<void> {
  const { projection, pool, logger, signal } = options
  const backOff = createBackOff(LOOK_FIRST_MS, LOOK_LAST_MS)
  while (!signal.aborted) {
    try {
      const live = await readSlot(pool, projection.name, 'live')
      if (live && live.version >= projection.version) return
      logger.info(
        { projection: projection.name, from: live?.version, to: projection.version },
        'the projection has a new version; its table is built beside the live one'
      )
      await rebuildProjection(options)
      await swapTables(options)
      return
    } catch (error) {
      if (signal.aborted) return
      const running = error instanceof ProjectionError && error.code === 'PROJECTION_REBUILD_RUNNING'
      const message = running ? 'another process rebuilds the projection' : 'the rebuild failed; trying again'
      const fields = { err: error, projection: projection.name }
      if (running || failureKind(error) === 'unavailable') logger.warn(fields, message)
      else logger.error(fields, message)
      await backOff.wait(signal)
    }
  }
}
