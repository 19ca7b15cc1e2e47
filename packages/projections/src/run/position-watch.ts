import type { Pool } from 'pg'
import type { AnyProjection } from '../definition/define-write-projection.ts'
import { quoteTable } from '../definition/table-name.ts'
import { dedicatedClient } from '../storage/dedicated-client.ts'
import { createBackOff, pause } from './back-off.ts'
import type { ProjectionLogger } from './logger.ts'
import { createRowMarks } from './row-marks.ts'
import { CHANNEL, decodeNotification, type Notification } from './notification.ts'

/** Polls only while somebody waits, for the case that a notification was missed at a reconnect. */
const POLL_EVERY_MS = 150

/** SQLSTATE of a table that is not there. */
const UNDEFINED_TABLE = '42P01'

/** A committed batch changed rows of a projection. */
export interface AppliedChange {
  readonly projection: string
  readonly stream: string
  /** Every event of the stream up to here is applied. */
  readonly sequence: number
  /** The changed rows; null where they are too many to name. */
  readonly keys: readonly string[] | null
}

/** Follows the projections of any process through the database. */
export interface PositionWatch {
  /** Fulfilled when changes are first followed; earlier commits are seen by `waitFor` only. */
  readonly listening: Promise<void>
  /**
   * Waits until every watched projection that reads the stream (or the named ones) has applied the sequence.
   *
   * @returns false when the time was up first; the read model is then merely older than asked for
   */
  waitFor(stream: string, sequence: number, timeoutMs: number, projections?: readonly string[]): Promise<boolean>
  /** Calls back after each commit that changed rows. Changes during a lost connection are reported with null keys. */
  onApplied(listener: (change: AppliedChange) => void): () => void
  /**
   * Names the rows of the projections as this process knows them: another mark where rows changed since, the same mark in
   * every process that knows as much. Changes before what {@link waitFor} waited for are in it. Null while it cannot be
   * told: before changes are followed, while the connection is lost, and while a table is swapped.
   */
  markOf(projections: readonly string[]): string | null
  /** Calls back when a checkpoint was put elsewhere: by a swap, a rollback or a reset. */
  onMoved(listener: (projection: string, stream: string) => void): () => void
  close(): Promise<void>
}

interface Waiter {
  readonly keys: readonly string[]
  readonly sequence: number
  resolve(reached: boolean): void
}

interface CheckpointRow {
  readonly projection: string
  readonly stream: string
  readonly seq: string
  /** Which table is live now: another one after a swap. */
  readonly table: string
}

function tableOf(projection: AnyProjection): string {
  return projection.kind === 'fold' ? quoteTable(projection.table) : ''
}

const keyOf = (projection: string, stream: string): string => `${projection} ${stream}`

/** Watches from any process that reads the tables; it needs no right but to read them. */
export function watchProjections(options: {
  readonly pool: Pool
  readonly projections: readonly AnyProjection[]
  readonly logger: ProjectionLogger
}): PositionWatch {
  const { pool, logger } = options
  const names = options.projections.map((projection) => projection.name)
  const closing = new AbortController()
  const sequences = new Map<string, number>()
  const waiters = new Set<Waiter>()
  const listeners = new Set<(change: AppliedChange) => void>()
  const marks = createRowMarks()
  const moveListeners = new Set<(projection: string, stream: string) => void>()
  let polling: Promise<void> | null = null
  let listenedBefore = false
  const listening = Promise.withResolvers<void>()

  const settle = (): void => {
    for (const waiter of waiters) {
      if (waiter.keys.every((key) => (sequences.get(key) ?? -1) >= waiter.sequence)) waiter.resolve(true)
    }
  }

  const tell = (change: AppliedChange): void => {
    for (const listener of listeners) {
      try {
        listener(change)
      } catch (error) {
        logger.error({ err: error, projection: change.projection }, 'a listener to applied changes failed')
      }
    }
  }

  const tellMoved = (projection: string, stream: string): void => {
    for (const listener of moveListeners) listener(projection, stream)
  }

  const take = ({ stream, sequence, changed, moved }: Notification): void => {
    let unread = false
    for (const [projection, keys] of Object.entries(changed)) {
      if (!names.includes(projection)) continue
      if (moved) {
        tellMoved(projection, stream)
        marks.unsure(projection)
      } else if (keys === null || keys.length > 0) marks.changed(projection, stream, sequence)
      unread ||= !marks.knows(projection, stream)
      sequences.set(keyOf(projection, stream), sequence)
      if (keys === null || keys.length > 0) tell({ projection, stream, sequence, keys })
    }
    if (unread) void read().catch((error: unknown) => logger.warn({ err: error }, 'positions could not be read'))
    settle()
  }

  async function readCheckpoints(): Promise<readonly CheckpointRow[]> {
    try {
      const { rows } = await pool.query<CheckpointRow>({
        name: 'projections-positions',
        text: `select c.projection, c.stream, c.seq::text, coalesce(to_regclass(n.name)::oid || '@' || extract(epoch from pg_postmaster_start_time()), '') as table
          from projections.checkpoints c join unnest($1::text[], $2::text[]) as n(projection, name) using (projection)
          where c.slot = 'live'`,
        values: [names, options.projections.map(tableOf)]
      })
      return rows
    } catch (error) {
      // A reader may start before the process that creates the tables.
      if ((error as { code?: unknown }).code === UNDEFINED_TABLE) return []
      throw error
    }
  }

  /** @returns what moved since it was last known */
  async function read(): Promise<readonly AppliedChange[]> {
    const asked = marks.asking()
    const rows = await readCheckpoints()
    const moved: AppliedChange[] = []
    for (const { projection, stream, seq, table } of rows) {
      const key = keyOf(projection, stream)
      const sequence = Number(seq)
      const known = sequences.get(key)
      marks.read(asked, { projection, stream, sequence, table })
      if (known !== sequence) moved.push({ projection, stream, sequence, keys: null })
      if (known !== undefined && sequence < known) tellMoved(projection, stream)
      sequences.set(key, sequence)
    }
    settle()
    return moved
  }

  async function poll(): Promise<void> {
    while (waiters.size > 0 && !closing.signal.aborted) {
      try {
        await read()
      } catch (error) {
        logger.warn({ err: error }, 'positions of projections could not be read')
      }
      if (waiters.size > 0) await pause(POLL_EVERY_MS, closing.signal)
    }
  }

  async function listen(): Promise<void> {
    const client = dedicatedClient(pool, { application_name: 'leadlog-projections-watch' })
    const gone = new AbortController()
    client.on('error', () => gone.abort())
    client.on('end', () => gone.abort())
    client.on('notification', (message) => {
      const notification = decodeNotification(message.payload)
      if (notification) take(notification)
    })
    try {
      await client.connect()
      await client.query(`listen ${CHANNEL}`)
      const moved = await read()
      if (listenedBefore) for (const change of moved) tell(change)
      listenedBefore = true
      marks.following(true)
      listening.resolve()
      backOff.reset()
      await new Promise<void>((resolve) => {
        const signal = AbortSignal.any([gone.signal, closing.signal])
        if (signal.aborted) resolve()
        else signal.addEventListener('abort', () => resolve(), { once: true })
      })
    } finally {
      marks.following(false)
      await client.end().catch(() => undefined)
    }
  }

  const backOff = createBackOff()
  const running = (async () => {
    while (!closing.signal.aborted) {
      try {
        await listen()
      } catch (error) {
        logger.warn({ err: error }, 'the connection that follows the projections failed')
      }
      await backOff.wait(closing.signal)
    }
  })()

  return {
    listening: listening.promise,
    async waitFor(stream, sequence, timeoutMs, projections = names) {
      const keys = options.projections
        .filter((projection) => projections.includes(projection.name))
        .filter((projection) => projection.subscriptions.some((subscription) => subscription.stream === stream))
        .map((projection) => keyOf(projection.name, stream))
      if (keys.every((key) => (sequences.get(key) ?? -1) >= sequence)) return true
      return new Promise<boolean>((resolve) => {
        const done = (reached: boolean): void => {
          clearTimeout(timer)
          waiters.delete(waiter)
          resolve(reached)
        }
        const timer = setTimeout(() => done(false), timeoutMs)
        const waiter: Waiter = { keys, sequence, resolve: done }
        waiters.add(waiter)
        polling ??= poll().finally(() => {
          polling = null
        })
      })
    },
    onApplied(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    markOf: (projections) => marks.of(projections),
    onMoved(listener) {
      moveListeners.add(listener)
      return () => moveListeners.delete(listener)
    },
    async close() {
      closing.abort()
      for (const waiter of waiters) waiter.resolve(false)
      await running
      await polling
    }
  }
}
