import type { EventSource, RecordedEvent } from '@leadlog/contracts'
import type { Pool, PoolClient } from 'pg'
import type { AnyRow, Projection } from '../definition/define-projection.ts'
import type { AnyProjection } from '../definition/define-write-projection.ts'
import { tableOfSlot } from '../definition/table-name.ts'
import { keyOfUnkeyable } from '../fold/fold-events.ts'
import { applierOf } from '../run/appliers.ts'
import { CHANNEL } from '../run/notification.ts'
import { lockCheckpoints } from '../storage/checkpoint.ts'
import { createRowStore } from '../storage/row-store.ts'
import { failureKind } from '../storage/failure-kind.ts'
import { inTransaction } from '../storage/transaction.ts'
import { listParked, type ParkedKey } from './list-parked.ts'
import { errorCode, errorText } from './parked-events.ts'
import { readEventsAt } from './read-events-at.ts'

export interface RetryOutcome {
  readonly stream: string
  readonly key: string
  /** Events applied now. */
  readonly applied: number
  /** Events that still wait; 0 when the key is free again. */
  readonly remaining: number
  /** Why it stopped again; null when nothing is left. */
  readonly error: string | null
}

/**
 * Applies parked events in order, key by key, as far as they go: for use after the handler was mended. Safe beside the
 * running projection, which waits while a key is being applied. Events that the stream no longer holds are passed by.
 */
export async function retryParked(options: {
  readonly projection: AnyProjection
  readonly pool: Pool
  readonly source: EventSource
  /** One key; all parked keys where absent. */
  readonly key?: string
}): Promise<readonly RetryOutcome[]> {
  const { projection, pool, key } = options
  const parked = await listParked(pool, projection.name)
  const outcomes: RetryOutcome[] = []
  for (const entry of parked) {
    if (key !== undefined && entry.key !== key) continue
    outcomes.push(await inTransaction(pool, (client) => retryKey(client, options, entry)))
  }
  return outcomes
}

/** Gives up a key's parked events for good; the row stays as it is and takes later events again. */
export async function discardParked(options: {
  readonly projection: AnyProjection
  readonly pool: Pool
  readonly stream: string
  readonly key: string
}): Promise<number> {
  const { projection, pool, stream, key } = options
  return inTransaction(pool, async (client) => {
    await lockCheckpoints(client, projection.name, 'live')
    const { rowCount } = await client.query(
      `delete from projections.parked where projection = $1 and slot = 'live' and stream = $2 and key = $3`,
      [projection.name, stream, key]
    )
    await bumpGeneration(client, projection.name, stream)
    return rowCount ?? 0
  })
}

/** Makes the running projection read its parked keys again. */
async function bumpGeneration(client: PoolClient, projection: string, stream: string): Promise<void> {
  await client.query(
    `update projections.checkpoints set parked_generation = parked_generation + 1
     where projection = $1 and slot = 'live' and stream = $2`,
    [projection, stream]
  )
}

async function retryKey(
  client: PoolClient,
  options: { readonly projection: AnyProjection; readonly source: EventSource },
  { stream, key }: ParkedKey
): Promise<RetryOutcome> {
  const { projection, source } = options
  await lockCheckpoints(client, projection.name, 'live')
  const { rows } = await client.query<{ seq: string }>(
    `select seq::text from projections.parked
     where projection = $1 and slot = 'live' and stream = $2 and key = $3 order by seq`,
    [projection.name, stream, key]
  )
  const sequences = rows.map((row) => Number(row.seq))
  const events = await readEventsAt(source, stream, sequences)
  const { applied, error } =
    projection.kind === 'fold'
      ? await foldInto(client, projection, key, events)
      : await writeInto(client, projection, events)
  const stoppedAt = error === null ? Number.MAX_SAFE_INTEGER : (events[applied]?.sequence ?? 0)
  await client.query(
    `delete from projections.parked
     where projection = $1 and slot = 'live' and stream = $2 and key = $3 and seq < $4`,
    [projection.name, stream, key, stoppedAt]
  )
  if (error !== null) {
    await client.query(
      `update projections.parked set error_code = $5, error_message = $6, attempts = attempts + 1
       where projection = $1 and slot = 'live' and stream = $2 and key = $3 and seq = $4`,
      [projection.name, stream, key, stoppedAt, errorCode(error), errorText(error)]
    )
  }
  await bumpGeneration(client, projection.name, stream)
  if (applied > 0) {
    const { rows: at } = await client.query<{ seq: string }>(
      `select seq::text from projections.checkpoints where projection = $1 and slot = 'live' and stream = $2`,
      [projection.name, stream]
    )
    const notification = { stream, sequence: Number(at[0]?.seq ?? 0), changed: { [projection.name]: [key] } }
    await client.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify(notification)])
  }
  const remaining = error === null ? 0 : sequences.filter((sequence) => sequence >= stoppedAt).length
  return { stream, key, applied, remaining, error: error === null ? null : errorText(error) }
}

interface Progress {
  readonly applied: number
  readonly error: unknown
}

/** Folds one key's events into its row, as far as they go. */
async function foldInto(
  client: PoolClient,
  projection: Projection,
  key: string,
  events: readonly RecordedEvent[]
): Promise<Progress> {
  const store = createRowStore(projection, tableOfSlot(projection.table, 'live'))
  const rows = new Map<string, AnyRow | null>()
  let applied = 0
  let failure: unknown = null
  for (const event of events) {
    try {
      // An event whose key could not be told was parked alone: it goes to whatever rows it names now.
      const keys = key === keyOfUnkeyable(event) ? projection.key(event) : [key]
      const missing = keys.filter((one) => !rows.has(one))
      const found = missing.length > 0 ? await store.read(client, missing) : null
      for (const one of missing) rows.set(one, found?.get(one) ?? null)
      const next = keys.map((one) => [one, projection.evolve(rows.get(one) ?? null, event, one)] as const)
      for (const [one, row] of next) rows.set(one, row)
      applied += 1
    } catch (error) {
      if (failureKind(error) === 'unavailable') throw error
      failure = error
      break
    }
  }
  const written = [...rows.values()].filter((row) => row !== null)
  const deleted = [...rows].filter(([, row]) => row === null).map(([one]) => one)
  await client.query('savepoint parked_rows')
  try {
    if (written.length > 0) await store.upsert(client, written)
    if (deleted.length > 0) await store.delete(client, deleted)
  } catch (error) {
    if (failureKind(error) !== 'poison') throw error
    await client.query('rollback to savepoint parked_rows')
    return { applied: 0, error }
  }
  return { applied, error: failure }
}

/** Writes the events one by one, each behind a savepoint. */
async function writeInto(
  client: PoolClient,
  projection: AnyProjection,
  events: readonly RecordedEvent[]
): Promise<Progress> {
  const apply = applierOf(projection)
  let applied = 0
  for (const event of events) {
    await client.query('savepoint parked_event')
    try {
      await apply(client, [event], new Set())
      applied += 1
    } catch (error) {
      if (failureKind(error) === 'unavailable') throw error
      await client.query('rollback to savepoint parked_event')
      return { applied, error }
    }
  }
  return { applied, error: null }
}
