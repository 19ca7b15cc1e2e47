import type { Pool, PoolClient } from 'pg'
import { quoteTable, type TableName } from '../definition/table-name.ts'

export interface TableChecksum {
  readonly rows: number
  /** Hex; the same for the same rows in whatever order they are stored. */
  readonly checksum: string
}

/**
 * A checksum over all rows, independent of their order: the sum of each row's md5, halved into two numbers. Two
 * tables with the same columns have the same checksum exactly when they hold the same rows, but for chance.
 */
export async function tableChecksum(db: Pool | PoolClient, table: TableName): Promise<TableChecksum> {
  const { rows } = await db.query<{ rows: string; checksum: string }>(
    `select count(*)::text as rows,
       md5(coalesce(sum(('x' || substr(h, 1, 16))::bit(64)::bigint::numeric), 0)::text || '/' ||
           coalesce(sum(('x' || substr(h, 17, 16))::bit(64)::bigint::numeric), 0)::text) as checksum
     from (select md5(t::text) as h from ${quoteTable(table)} t) hashed`
  )
  return { rows: Number(rows[0]?.rows ?? 0), checksum: rows[0]?.checksum ?? '' }
}
