import type { Pool } from 'pg'
import type { WriteProjection } from '../definition/define-write-projection.ts'
import { quoteTable } from '../definition/table-name.ts'
import { notifyMoved } from '../run/notification.ts'
import { lockTables } from '../storage/projection-table.ts'
import { inTransaction } from '../storage/transaction.ts'

/**
 * Empties a write projection's tables and its checkpoints in one transaction; the running projection notices by its
 * fence and begins again with the first event. Readers see the tables fill up meanwhile.
 */
export async function resetWriteProjection(pool: Pool, projection: WriteProjection): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query(`select 1 from projections.checkpoints where projection = $1 order by stream for update`, [
      projection.name
    ])
    await lockTables(client, projection.name)
    await client.query(`truncate ${projection.tables.map(quoteTable).join(', ')}`)
    await client.query(`delete from projections.checkpoints where projection = $1`, [projection.name])
    for (const { stream } of projection.subscriptions) await notifyMoved(client, projection.name, stream, 0)
    await client.query(`delete from projections.parked where projection = $1`, [projection.name])
  })
}
