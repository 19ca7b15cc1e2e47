import type { EventSource } from '@leadlog/contracts'
import type { Pool } from 'pg'
import type { Projection } from '../definition/define-projection.ts'
import type { ProjectionLogger } from '../run/logger.ts'
import { createSerial } from '../run/serial.ts'
import { ensureBookkeeping } from '../storage/bookkeeping.ts'
import { buildTable, type RebuildProgress, type RebuildResult } from './build-table.ts'
import { shareReading } from './shared-reading.ts'

export interface RebuildManyOptions {
  readonly projections: readonly Projection[]
  readonly source: EventSource
  /** One connection is used at least; beside it, one of the rebuild's own for each projection. */
  readonly pool: Pool
  readonly logger: ProjectionLogger
  /** Stops the rebuilds; what is stored stays, and the next call goes on from there. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: RebuildProgress) => void
}

/**
 * Builds the tables of several projections anew, each beside its live one, and reads every stream once for all of
 * them. Memory is bounded, and shared: several take no more than one. Otherwise as {@link rebuildProjection}.
 *
 * @returns in the order of the projections
 * @throws what the first of them failed with, when all have ended; the others are built, and stay
 */
export async function rebuildProjections(options: RebuildManyOptions): Promise<readonly RebuildResult[]> {
  const { projections, source, pool, logger } = options
  await ensureBookkeeping(pool)
  const streamsOf = (projection: Projection) => new Set(projection.subscriptions.map(({ stream }) => stream))
  const reading = shareReading(source, new Map(projections.map((one) => [one.name, streamsOf(one)])))
  const indexing = createSerial()
  const outcomes = await Promise.allSettled(
    projections.map((projection) =>
      buildTable({
        projection,
        source,
        pool,
        logger,
        signal: options.signal ?? new AbortController().signal,
        firstReading: {
          source: reading.sourceFor(projection.name),
          leave: (stream) => reading.leave(projection.name, stream)
        },
        memoryShare: 1 / projections.length,
        indexing,
        onProgress: (progress) => options.onProgress?.(progress)
      }).finally(() => {
        for (const stream of streamsOf(projection)) reading.leave(projection.name, stream)
      })
    )
  )
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  })
}
