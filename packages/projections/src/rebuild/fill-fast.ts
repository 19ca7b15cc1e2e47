import type { EventBatch, EventSource } from '@leadlog/contracts'
import type { Pool } from 'pg'
import type { Projection } from '../definition/define-projection.ts'
import type { Subscription } from '../definition/subscription.ts'
import { tableOfSlot } from '../definition/table-name.ts'
import { foldEvents, keyEvents, type KeyedEvent, type ParkedEvent } from '../fold/fold-events.ts'
import { insertParked, readParkedKeys } from '../parked/parked-events.ts'
import { readAhead } from '../run/read-ahead.ts'
import { advanceCheckpoints, type Checkpoint } from '../storage/checkpoint.ts'
import { failureKind } from '../storage/failure-kind.ts'
import { createRowStore } from '../storage/row-store.ts'
import { inTransaction, withClient } from '../storage/transaction.ts'
import { createRowCache, type DirtyRows } from './row-cache.ts'
import type { StoredKeys } from './stored-keys.ts'

/** Large, since nobody waits for a single event here. */
const READ_EVENTS = 1_000
/** A source that has more never waits; at the end of the stream this is the last wait. */
const READ_WAIT_MS = 20
/** Rows that changed since the last write: enough to make a write cheap, few enough to hold two lots in memory. */
const FLUSH_ROWS = 10_000
const FLUSH_TEXT_BYTES = 8 * 1024 * 1024
/** Whatever the share of memory, or writes become small. */
const MIN_FLUSH_ROWS = 200
/** At most this much work is done again after a SIGKILL. */
const FLUSH_EVERY_MS = 5_000
/** Rows in one statement: its parameters stay at about a megabyte. */
const ROWS_PER_STATEMENT = 1_000

/** Postgres refused a row of the span; nothing of the span is stored. */
export class UnwritableSpanError extends Error {
  readonly through: number

  constructor(through: number, cause: unknown) {
    super(`a row up to sequence ${through} cannot be stored`, { cause })
    this.name = 'UnwritableSpanError'
    this.through = through
  }
}

export interface FastOptions {
  readonly projection: Projection
  readonly subscription: Subscription
  readonly source: EventSource
  readonly pool: Pool
  readonly signal: AbortSignal
  readonly checkpoint: Checkpoint
  /** Last sequence to apply. */
  readonly target: number
  /** Which keys the table may hold. */
  readonly stored: StoredKeys
  /** The part of a rebuild's memory that it may take, up to 1. */
  readonly memoryShare: number
  readonly onProgress: (sequence: number, events: number) => void
}

/** What was folded since the last write. */
interface Span {
  readonly after: number
  readonly through: number
  readonly eventTime: string | null
  readonly parked: readonly ParkedEvent[]
  readonly rows: DirtyRows
}

/** A batch whose rows are being read. */
interface Prepared {
  readonly batch: EventBatch
  readonly events: number
  readonly eventTime: string | null
  readonly keyed: readonly KeyedEvent[]
  readonly loading: Promise<void>
}

/**
 * The fast way: rows are folded in memory, and many batches are written as one span with their checkpoint. While one
 * batch is folded, the next one's rows are read and the last span is written.
 *
 * @throws UnwritableSpanError when a row cannot be stored; FencedError when the rebuild is somebody else's
 */
export async function fillFast(options: FastOptions): Promise<void> {
  const { projection, subscription, source, pool, signal, checkpoint, target } = options
  const { stream, types } = subscription
  const at = { projection: projection.name, slot: 'rebuild', stream } as const
  const store = createRowStore(projection, tableOfSlot(projection.table, 'rebuild'))
  const cache = createRowCache(store, options.stored, options.memoryShare)
  const parkedKeys = await withClient(pool, (client) => readParkedKeys(client, at))
  let flushRows = FLUSH_ROWS * options.memoryShare
  let folded = checkpoint.sequence
  let handedOver = checkpoint.sequence
  let parked: ParkedEvent[] = []
  let eventTime: string | null = null
  let events = 0
  let lastFlush = performance.now()
  let writing: Promise<number> = Promise.resolve(0)
  /** The batch behind the one being folded. */
  let coming: Prepared | null = null

  async function write(span: Span): Promise<number> {
    const { written, deleted } = span.rows
    try {
      return await inTransaction(pool, async (client) => {
        // Rows and checkpoint are lost together, if at all: the rebuild then does this span again.
        await client.query('set local synchronous_commit = off')
        const { name, version } = projection
        const expected = { projection: name, version, sequence: span.after, epoch: checkpoint.epoch }
        const to = { sequence: span.through, eventTime: span.eventTime }
        await advanceCheckpoints(client, stream, 'rebuild', [expected], to)
        let bytes = 0
        for (const rows of chunks(written)) bytes += await store.upsert(client, rows)
        for (const keys of chunks(deleted)) await store.delete(client, keys)
        await insertParked(client, at, span.parked)
        return written.length > 0 ? bytes / written.length : 0
      })
    } catch (error) {
      throw failureKind(error) === 'poison' ? new UnwritableSpanError(span.through, error) : error
    }
  }

  async function settle(): Promise<void> {
    const bytesPerRow = await writing
    await coming?.loading
    if (bytesPerRow === 0) return
    cache.forget(bytesPerRow)
    const fits = Math.min(FLUSH_ROWS, FLUSH_TEXT_BYTES / bytesPerRow)
    flushRows = Math.max(MIN_FLUSH_ROWS, fits * options.memoryShare)
  }

  /** Waits for the write under way, then begins the next one. */
  async function flush(): Promise<void> {
    await settle()
    if (folded === handedOver) return
    const span = { after: handedOver, through: folded, eventTime, parked, rows: cache.takeDirty() }
    parked = []
    handedOver = folded
    lastFlush = performance.now()
    writing = write(span)
    // Awaited by the next settle; until then a failure must not count as unhandled.
    writing.catch(() => undefined)
  }

  function prepare(batch: EventBatch, after: number): Prepared {
    const taken = batch.events.filter((event) => event.sequence > after && types.has(event.type))
    const { keyed, keys } = keyEvents(projection, taken, parkedKeys, parked)
    const loading = cache.load(pool, keys)
    // Awaited before the batch is folded; until then a failure must not count as unhandled.
    loading.catch(() => undefined)
    return { batch, events: taken.length, eventTime: taken.at(-1)?.time ?? null, keyed, loading }
  }

  async function take(prepared: Prepared): Promise<void> {
    await prepared.loading
    foldEvents(projection, prepared.keyed, cache, parkedKeys, parked)
    events += prepared.events
    eventTime = prepared.eventTime ?? eventTime
    folded = Math.max(folded, prepared.batch.throughSequence)
    options.onProgress(folded, events)
    if (cache.dirtyCount >= flushRows || performance.now() - lastFlush >= FLUSH_EVERY_MS) await flush()
  }

  const batches = readAhead(source, {
    stream,
    fromSequence: checkpoint.sequence + 1,
    subjects: subscription.subjects,
    maxEvents: READ_EVENTS,
    maxWaitMs: READ_WAIT_MS,
    untilSequence: target,
    signal
  })
  for await (const batch of batches) {
    const before: Prepared | null = coming
    coming = prepare(batch, before?.batch.throughSequence ?? folded)
    if (before) await take(before)
  }
  const last = coming
  coming = null
  if (last) await take(last)
  // The iteration ended by itself, so everything up to the target was looked at.
  if (!signal.aborted) folded = Math.max(folded, target)
  await flush()
  await settle()
  signal.throwIfAborted()
}

function* chunks<T>(items: readonly T[]): Generator<readonly T[], void, undefined> {
  for (let start = 0; start < items.length; start += ROWS_PER_STATEMENT) {
    yield items.slice(start, start + ROWS_PER_STATEMENT)
  }
}
