import type { EventSource } from '@leadlog/contracts'
import type { Pool } from 'pg'
import type { Projection } from '../definition/define-projection.ts'
import { tableOfSlot } from '../definition/table-name.ts'
import type { ProjectionLogger } from '../run/logger.ts'
import type { Serial } from '../run/serial.ts'
import { createIndexes } from '../storage/projection-table.ts'
import { inTransaction } from '../storage/transaction.ts'
import { quoteTable } from '../definition/table-name.ts'
import { fillStream, type FillProgress } from './fill-stream.ts'
import { openRebuildSlot } from './rebuild-slot.ts'
import { withRebuildLock } from './rebuild-lock.ts'
import { createStoredKeys } from './stored-keys.ts'

/** How near to the stream's end the table must be before indexes are made, and again before it counts as built. */
const NEAR_ENOUGH_EVENTS = 2_000

/** A progress report; reports come a few times a second. */
export interface RebuildProgress extends FillProgress {
  readonly projection: string
  /** `fill` reads from the beginning, `index` makes the indexes, `level` takes what came in meanwhile. */
  readonly phase: 'fill' | 'index' | 'level'
}

export interface BuildOptions {
  readonly projection: Projection
  readonly source: EventSource
  readonly pool: Pool
  readonly logger: ProjectionLogger
  readonly signal: AbortSignal
  readonly onProgress: (progress: RebuildProgress) => void
  /** Where the first filling reads, stream by stream in the order of their names; what comes later is read alone. */
  readonly firstReading: { readonly source: EventSource; leave(stream: string): void }
  /** The part of a rebuild's memory that this one may take, up to 1. */
  readonly memoryShare: number
  /** Indexes of several tables are made one after another, so that the live tables stay quick. */
  readonly indexing: Serial
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

/** See rebuildProjections: one of the tables. */
export async function buildTable(options: BuildOptions): Promise<RebuildResult> {
  const { projection, pool, logger, signal, memoryShare } = options
  const started = performance.now()
  const subscriptions = [...projection.subscriptions].sort((a, b) => (a.stream < b.stream ? -1 : 1))
  return withRebuildLock(pool, projection.name, async () => {
    const slot = await openRebuildSlot(pool, projection)
    const table = tableOfSlot(projection.table, 'rebuild')
    const stored = createStoredKeys(!slot.resumed)
    let events = 0
    const fill = async (phase: 'fill' | 'level'): Promise<void> => {
      for (const subscription of subscriptions) {
        const first = phase === 'fill'
        events += await fillStream({
          projection,
          subscription,
          source: first ? options.firstReading.source : options.source,
          pool,
          logger,
          signal,
          memoryShare,
          stored,
          onProgress: (progress) => options.onProgress({ ...progress, projection: projection.name, phase })
        })
        signal.throwIfAborted()
        if (first) options.firstReading.leave(subscription.stream)
      }
    }
    await fill('fill')
    while ((await slot.distance(options.source)) > NEAR_ENOUGH_EVENTS) await fill('level')
    if (!slot.finished) {
      options.onProgress({ ...FULL, projection: projection.name, phase: 'index', events })
      await options.indexing(() =>
        inTransaction(pool, async (client) => {
          // Its entry first, as who discards it does.
          await slot.finish(client)
          await createIndexes(client, projection, table)
          await client.query(`analyze ${quoteTable(table)}`)
        })
      )
      signal.throwIfAborted()
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
