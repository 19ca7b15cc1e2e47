import pg from 'pg'

/** A table of a service's own, as it is copied. */
export interface ServiceTable {
  readonly name: string
  readonly columns: readonly string[]
  /** Its primary key. */
  readonly orderBy: readonly string[]
}

/** A service's schema: what its migrations made, and how far they were. */
export interface ServiceSchema {
  readonly schema: string
  readonly migrations: readonly string[]
  readonly tables: readonly ServiceTable[]
}

/** Kysely's own tables, which migrations fill by themselves. */
const MIGRATION_TABLES = ['migrations', 'migrations_lock']

/**
 * Those of the named schemas that are there, with their tables in the order of their foreign keys.
 *
 * @param names schemas that services made by migrations
 * @param readModels names (`schema.table`) of read models that lie in such a schema all the same
 */
export async function serviceSchemas(
  client: pg.ClientBase,
  names: readonly string[],
  readModels: readonly string[]
): Promise<ServiceSchema[]> {
  const { rows } = await client.query<{ schema: string }>(
    `select n.nspname as schema from pg_namespace n
     where to_regclass(format('%I.migrations', n.nspname)) is not null
       and n.nspname = any ($1)
     order by 1`,
    [names]
  )
  const schemas: ServiceSchema[] = []
  for (const { schema } of rows) {
    schemas.push({
      schema,
      migrations: await appliedMigrations(client, schema),
      tables: await tablesOf(client, schema, readModels)
    })
  }
  return schemas
}

async function appliedMigrations(client: pg.ClientBase, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select name from ${pg.escapeIdentifier(schema)}.migrations order by name`
  )
  return rows.map(({ name }) => name)
}

async function tablesOf(
  client: pg.ClientBase,
  schema: string,
  readModels: readonly string[]
): Promise<readonly ServiceTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; key: string[]; refers: string[] }>(
    `select c.relname as name,
       (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
       coalesce((select array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum))
         from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
         where i.indrelid = c.oid and i.indisprimary), '{}') as key,
       coalesce((select array_agg(r.relname::text) from pg_constraint f join pg_class r on r.oid = f.confrelid
         where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid), '{}') as refers
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relkind = 'r' and c.relname <> all ($2)
     order by 1`,
    [schema, MIGRATION_TABLES]
  )
  const isReadModel = (table: string): boolean =>
    readModels.some((name) => `${schema}.${table}` === name || `${schema}.${table}`.startsWith(`${name}__`))
  const kept = rows.filter(({ name }) => !isReadModel(name))
  return byReference(kept).map(({ name, columns, key }) => ({
    name,
    columns,
    orderBy: key.length > 0 ? key : columns
  }))
}

/** Those that others refer to first; a circle stays in the order of names. */
function byReference<T extends { name: string; refers: string[] }>(tables: readonly T[]): T[] {
  const left = new Map(tables.map((table) => [table.name, table]))
  const ordered: T[] = []
  while (left.size > 0) {
    const free = [...left.values()].find(({ refers }) => !refers.some((name) => left.has(name)))
    const next = free ?? [...left.values()][0]
    if (next === undefined) break
    left.delete(next.name)
    ordered.push(next)
  }
  return ordered
}
