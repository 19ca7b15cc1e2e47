import type { EventSource } from '@leadlog/contracts'
import type { Pool, PoolClient } from 'pg'
import type { Projection } from '../definition/define-projection.ts'
import { quoteTable, tableOfSlot } from '../definition/table-name.ts'
import { claimCheckpoint, readSequences } from '../storage/checkpoint.ts'
import { createTable, forgetSlot, lockTables, readSlot, shapeOf, tableExists } from '../storage/projection-table.ts'
import { inTransaction } from '../storage/transaction.ts'

/** The place of a rebuild beside the live table. */
export interface RebuildSlot {
  readonly resumed: boolean
  /** Its indexes are there already. */
  readonly finished: boolean
  sequences(): Promise<Readonly<Record<string, number>>>
  /** Messages between the table and the ends of its streams. */
  distance(source: EventSource): Promise<number>
  finish(client: PoolClient): Promise<void>
}

/** Takes up an interrupted rebuild of the same definition, or begins a new one in place of whatever is there. */
export async function openRebuildSlot(pool: Pool, projection: Projection): Promise<RebuildSlot> {
  const table = tableOfSlot(projection.table, 'rebuild')
  const entry = await inTransaction(pool, async (client) => {
    await lockTables(client, projection.name)
    const known = await readSlot(client, projection.name, 'rebuild')
    const shape = shapeOf(projection)
    const usable = known?.version === projection.version && known.shape === shape && (await tableExists(client, table))
    if (usable) return known
    await forgetSlot(client, projection.name, 'rebuild')
    await client.query(`drop table if exists ${quoteTable(table)}`)
    await createTable(client, projection, table)
    // While it fills it would be cleaned and analysed again and again, each time over all that is there.
    await client.query(`alter table ${quoteTable(table)} set (autovacuum_enabled = off)`)
    await client.query(
      `insert into projections.tables (projection, slot, version, shape) values ($1, 'rebuild', $2, $3)`,
      [projection.name, projection.version, shape]
    )
    for (const { stream } of projection.subscriptions) {
      await claimCheckpoint(client, {
        projection: projection.name,
        version: projection.version,
        stream,
        slot: 'rebuild'
      })
    }
    return null
  })
  const sequences = (): Promise<Readonly<Record<string, number>>> => readSequences(pool, projection.name, 'rebuild')
  return {
    resumed: entry !== null,
    finished: entry?.finished === true,
    sequences,
    async distance(source) {
      const done = await sequences()
      let distance = 0
      for (const { stream } of projection.subscriptions) {
        distance += Math.max(0, (await source.lastSequence(stream)) - (done[stream] ?? 0))
      }
      return distance
    },
    async finish(client) {
      await client.query(
        `update projections.tables set finished_at = now() where projection = $1 and slot = 'rebuild'`,
        [projection.name]
      )
      await client.query(`alter table ${quoteTable(table)} reset (autovacuum_enabled)`)
    }
  }
}
