import type { Pool, PoolClient } from 'pg'
import type { AnyRow, Projection } from '../definition/define-projection.ts'
import { quoteIdentifier, quoteTable, tableOfSlot, type Slot } from '../definition/table-name.ts'
import { ProjectionError } from '../errors.ts'
import { canonicalRow } from '../fold/canonical-row.ts'
import { sameRow } from '../fold/same-row.ts'
import { lockCheckpoints } from '../storage/checkpoint.ts'
import { createRowStore } from '../storage/row-store.ts'
import { inTransaction } from '../storage/transaction.ts'

/** Rows changed in one transaction: the projection waits meanwhile, for milliseconds. */
const ROWS_AT_ONCE = 500

/** Where each stream that a projection takes begins: what stood before has expired. */
export type Beginnings = Readonly<Record<string, number>>

/**
 * Takes out of a table what a rebuild would not find any more, since the streams have lost it. Waits for the batch
 * under way, and holds up the next one for a few hundred rows at a time. Can be stopped and repeated anywhere.
 *
 * @returns how many rows were changed or deleted
 * @throws ProjectionError PROJECTION_INVALID when what is declared to be left of a row would expire again
 */
export async function forgetExpired(
  pool: Pool,
  projection: Projection,
  slot: Slot,
  beginnings: Beginnings,
  signal?: AbortSignal
): Promise<number> {
  let forgotten = 0
  for (const [stream, expiry] of Object.entries(projection.expires)) {
    const beginning = beginnings[stream] ?? 0
    for (let changed = ROWS_AT_ONCE; changed === ROWS_AT_ONCE && signal?.aborted !== true;) {
      changed = await inTransaction(pool, async (client) => {
        await lockCheckpoints(client, projection.name, slot)
        return forgetSome(client, projection, slot, expiry, beginning)
      })
      forgotten += changed
    }
  }
  return forgotten
}

async function forgetSome(
  client: PoolClient,
  projection: Projection,
  slot: Slot,
  expiry: Projection['expires'][string],
  beginning: number
): Promise<number> {
  const table = tableOfSlot(projection.table, slot)
  const key = quoteIdentifier(projection.keyColumn)
  const { rows } = await client.query<{ key: string }>(
    `select ${key} as key from ${quoteTable(table)} where ${expiry.where} limit ${ROWS_AT_ONCE}`,
    [beginning]
  )
  if (rows.length === 0) return 0
  const store = createRowStore(projection, table)
  const found = await store.read(
    client,
    rows.map((row) => row.key)
  )
  const written: AnyRow[] = []
  const deleted: string[] = []
  for (const [id, row] of found) {
    const rest = expiry.rest(row)
    if (rest === null) deleted.push(id)
    else if (!sameRow(projection, row, rest)) written.push(canonicalRow(projection, rest, id))
    else {
      throw new ProjectionError(
        'PROJECTION_INVALID',
        `Projection ${projection.name}: what \`expires\` leaves of the row "${id}" still tells of what has expired`
      )
    }
  }
  if (deleted.length > 0) await store.delete(client, deleted)
  if (written.length > 0) await store.upsert(client, written)
  return rows.length
}
