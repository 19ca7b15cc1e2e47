import type { EventSource } from '@leadlog/contracts'
import type { Pool } from 'pg'
import type { Projection } from '../definition/define-projection.ts'
import { tableOfSlot } from '../definition/table-name.ts'
import type { ProjectionLogger } from '../run/logger.ts'
import { ensureBookkeeping } from '../storage/bookkeeping.ts'
import { createIndexes } from '../storage/projection-table.ts'
import { inTransaction } from '../storage/transaction.ts'
import { quoteTable } from '../definition/table-name.ts'
import { fillStream, type FillProgress } from './fill-stream.ts'
import { openRebuildSlot } from './rebuild-slot.ts'
import { withRebuildLock } from './rebuild-lock.ts'

/** How near to the stream's end the table must be before indexes are made, and again before it counts as built. */
const NEAR_ENOUGH_EVENTS = 2_000

/** A progress report; reports come a few times a second. */
export interface RebuildProgress extends FillProgress {
  readonly projection: string
  /** `fill` reads from the beginning, `index` makes the indexes, `level` takes what came in meanwhile. */
  readonly phase: 'fill' | 'index' | 'level'
}

export interface RebuildOptions {
  readonly projection: Projection
  readonly source: EventSource
  readonly pool: Pool
  readonly logger: ProjectionLogger
  /** Stops the rebuild; what is stored stays, and the next call goes on from there. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: RebuildProgress) => void
}

export interface RebuildResult {
  readonly projection: string
  readonly version: number
  /** The built table, beside the live one. */
  readonly table: string
  /** Up to where, by stream. */
  readonly sequences: Readonly<Record<string, number>>
  /** Events applied by this call; less than the streams hold after a resume. */
  readonly events: number
  readonly durationMs: number
  /** True when an earlier, interrupted rebuild was continued. */
  readonly resumed: boolean
}

/**
 * Builds a projection's table anew beside the live one, from the first event, while the live one is read and kept
 * level. Rows are folded in memory (bounded) and written in large batches with a checkpoint of their own, so an
 * interrupted rebuild, by a signal or by SIGKILL, goes on where it last wrote. Then compare and swap.
 *
 * @throws ProjectionError PROJECTION_REBUILD_RUNNING when another process is at it; the signal's reason when stopped
 */
export async function rebuildProjection(options: RebuildOptions): Promise<RebuildResult> {
  const { projection, source, pool, logger } = options
  const signal = options.signal ?? new AbortController().signal
  const started = performance.now()
  await ensureBookkeeping(pool)
  return withRebuildLock(pool, projection.name, async () => {
    const slot = await openRebuildSlot(pool, projection)
    const table = tableOfSlot(projection.table, 'rebuild')
    let events = 0
    const fill = async (phase: 'fill' | 'level'): Promise<void> => {
      for (const subscription of projection.subscriptions) {
        events += await fillStream({
          projection,
          subscription,
          source,
          pool,
          logger,
          signal,
          startsEmpty: !slot.resumed && phase === 'fill' && subscription === projection.subscriptions[0],
          onProgress: (progress) => options.onProgress?.({ ...progress, projection: projection.name, phase })
        })
        signal.throwIfAborted()
      }
    }
    await fill('fill')
    while ((await slot.distance(source)) > NEAR_ENOUGH_EVENTS) await fill('level')
    if (!slot.finished) {
      options.onProgress?.({ ...FULL, projection: projection.name, phase: 'index', events })
      await inTransaction(pool, async (client) => {
        await createIndexes(client, projection, table)
        await client.query(`analyze ${quoteTable(table)}`)
        await slot.finish(client)
      })
      await fill('level')
    }
    const result: RebuildResult = {
      projection: projection.name,
      version: projection.version,
      table: `${table.schema}.${table.name}`,
      sequences: await slot.sequences(),
      events,
      durationMs: Math.round(performance.now() - started),
      resumed: slot.resumed
    }
    logger.info(result, 'projection rebuilt')
    return result
  })
}

const FULL = { stream: '', sequence: 0, targetSequence: 0, eventsPerSecond: 0, remainingMs: 0 }
