import { requireFold, tableOfSlot, type Slot } from '@leadlog/projections'
import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { gatewayProjections } from '../gateway-projections.ts'

const models = gatewayProjections.map(requireFold)

interface TableSlot {
  readonly version: number
  readonly createdAt: string
  readonly finishedAt: string | null
}

/** The read models of this release with their tables, in the order of their names. */
export async function findReadModels(db: ReadDatabase) {
  const slots = await db
    .selectFrom('projections.tables')
    .select(['projection', 'slot', 'version', 'created_at', 'finished_at'])
    .execute()
  const { rows: sizes } = await sql<{ name: string; rows: number; bytes: number }>`
    select name, pg_stat_get_live_tuples(c.oid) as rows, pg_total_relation_size(c.oid) as bytes
    from unnest(${models.map((model) => nameOfTable(model, 'live'))}::text[]) as name join pg_class c on c.oid = to_regclass(name)
  `.execute(db)
  const slotOf = (projection: string, slot: string): TableSlot | null => {
    const row = slots.find((one) => one.projection === projection && one.slot === slot)
    return row ? { version: row.version, createdAt: row.created_at, finishedAt: row.finished_at } : null
  }
  return models
    .map((model) => {
      const size = sizes.find(({ name }) => name === nameOfTable(model, 'live'))
      return {
        name: model.name,
        version: slotOf(model.name, 'live')?.version ?? null,
        newestVersion: model.version,
        rows: Number(size?.rows ?? 0),
        bytes: Number(size?.bytes ?? 0),
        rebuild: slotOf(model.name, 'rebuild'),
        previous: slotOf(model.name, 'previous')
      }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The identity of each model's finished table beside the live one, by the model's name. */
export async function findTables(
  db: ReadDatabase,
  names: readonly string[],
  slot: 'rebuild' | 'previous'
): Promise<Record<string, string>> {
  const { rows } = await sql<{ projection: string; oid: string }>`
    select t.projection, c.oid::text as oid
    from projections.tables t
    join unnest(${models.map(({ name }) => name)}::text[], ${models.map((model) => nameOfTable(model, slot))}::text[])
      as n(projection, name) using (projection)
    join pg_class c on c.oid = to_regclass(n.name)
    where t.slot = ${slot} and t.projection = any (${names}::text[]) and t.finished_at is not null
  `.execute(db)
  return Object.fromEntries(rows.map(({ projection, oid }) => [projection, oid]))
}

function nameOfTable({ table }: (typeof models)[number], slot: Slot): string {
  const { schema, name } = tableOfSlot(table, slot)
  return `${schema}.${name}`
}
