import type { Pool } from 'pg'
import { leadIdOf } from './lead-history.ts'

/** One text for the rows of the first so many leads, whatever their table is called. */
export async function leadDigest(pool: Pool, rows: string, leads: number): Promise<string> {
  const ids = Array.from({ length: leads }, (_, number) => leadIdOf(number))
  const columns = ['id', 'email', 'name', 'phone', 'company', 'status', 'meetings', 'fields']
  const times = ['captured_at', 'demo_at', 'last_activity_at'].map((name) => `extract(epoch from ${name})`)
  const { rows: found } = await pool.query<{ count: string; digest: string }>(
    `select count(*), md5(string_agg(md5(row(${[...columns, ...times].join(', ')})::text), '' order by id collate "C")) as digest
     from ${rows} where id = any($1)`,
    [ids]
  )
  return `${found[0]?.count} rows, ${found[0]?.digest}`
}
