import type { Pool } from 'pg'
import pg from 'pg'
import type { TextSearch } from './text-search.ts'

/** Tables whose rows belong to a person, with the column that says so. They are emptied of the person's rows. */
const PERSONAL_TABLES = {
  'gateway.leads': 'person_id',
  'gateway.meetings': 'person_id',
  'gateway.meeting_recordings': 'person_id',
  'gateway.timeline': 'person_id',
  'gateway.crm_writes': 'lead_id',
  'gateway.calls': 'person_id',
  'gateway.dials': 'person_id',
  'gateway.sms_messages': 'person_id',
  'gateway.sms_threads': 'person_id',
  'gateway.suppressions': 'person_id',
  'gateway.invoices': 'person_id',
  'gateway.payments': 'person_id'
} as const

const SCHEMAS = ['gateway', 'crm_sync', 'telephony', 'billing', 'projections']

/** The rows of a person's ids by table; tables that this system does not have are left out. */
export async function countRows(pool: Pool, personIds: readonly string[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const [table, column] of Object.entries(PERSONAL_TABLES)) {
    const { rows: found } = await pool.query<{ there: boolean }>('select to_regclass($1) is not null as there', [table])
    if (found[0]?.there !== true) continue
    const { rows } = await pool.query<{ count: string }>(`select count(*) from ${table} where ${column} = any($1)`, [
      personIds
    ])
    counts[table] = Number(rows[0]?.count ?? 0)
  }
  return counts
}

/** Every table and materialised copy in Leadlog's schemas. */
export async function ownTables(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname = any($1) order by 1, 2`,
    [SCHEMAS]
  )
  return rows.map(({ schema, name }) => `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`)
}

/** Rows of every table that hold one of the texts, whatever the column. */
export async function searchTables(
  pool: Pool,
  search: TextSearch
): Promise<{ place: string; looked: number; found: number }[]> {
  const results: { place: string; looked: number; found: number }[] = []
  for (const table of await ownTables(pool)) {
    const { rows } = await pool.query<{ looked: string; found: string }>(
      `select count(*) as looked, count(*) filter (where exists (
         select from unnest($1::text[]) as wanted(word) where strpos(lower(t::text), word) > 0)) as found from ${table} t`,
      [search.texts]
    )
    results.push({
      place: table.replaceAll('"', ''),
      looked: Number(rows[0]?.looked ?? 0),
      found: Number(rows[0]?.found ?? 0)
    })
  }
  return results
}
