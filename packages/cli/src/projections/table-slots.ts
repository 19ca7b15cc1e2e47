import type { Pool } from 'pg'

/** A copy of a read model's table beside the live one. */
export interface TableSlot {
  readonly projection: string
  readonly slot: 'live' | 'rebuild' | 'previous'
  readonly version: number
  /** Of a rebuild: true when it can be compared and swapped in. */
  readonly finished: boolean
}

export async function readSlots(pool: Pool): Promise<TableSlot[]> {
  const { rows } = await pool.query<TableSlot>(
    `select projection, slot, version, finished_at is not null as finished from projections.tables order by projection, slot`
  )
  return rows
}
