import pg from 'pg'

/**
 * Everything that the schemas of a database are made of, one line each, and how many rows each table has: equal lists,
 * equal databases. Schemas of the server itself are left out.
 */
export async function databaseCatalog(url: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ line: string }>(LINES)
    const lines = rows.map(({ line }) => line)
    const tables = lines.flatMap((line) => /^table (\S+)/.exec(line)?.[1] ?? [])
    for (const table of tables) {
      const counted = await client.query<{ count: string }>(`select count(*) from ${table}`)
      lines.push(`rows ${table} ${counted.rows[0]?.count ?? ''}`)
    }
    return lines
  } finally {
    await client.end()
  }
}

const OWN = `nspname not like 'pg\\_%' and nspname <> 'information_schema'`

const LINES = `
  with own as (
    select c.oid, c.relname, c.relkind, n.nspname, quote_ident(nspname) || '.' || quote_ident(relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${OWN}
  )
  select 'schema ' || nspname as line from pg_namespace where ${OWN}
  union all select 'table ' || name from own where relkind in ('r', 'p')
  union all select 'sequence ' || name from own where relkind = 'S'
  union all select 'view ' || name || ' ' || pg_get_viewdef(oid) from own where relkind in ('v', 'm')
  union all
  select 'column ' || name || '.' || attname || ' ' || format_type(atttypid, atttypmod)
    || case when attnotnull then ' not null' else '' end || coalesce(' default ' || pg_get_expr(adbin, adrelid), '')
  from own join pg_attribute on attrelid = own.oid
  left join pg_attrdef on adrelid = attrelid and adnum = attnum
  where relkind in ('r', 'p', 'v', 'm') and attnum > 0 and not attisdropped
  union all
  select 'constraint ' || name || ' ' || conname || ' ' || pg_get_constraintdef(k.oid)
  from own join pg_constraint k on conrelid = own.oid
  union all
  select 'index ' || pg_get_indexdef(indexrelid) from own join pg_index on indrelid = own.oid
  union all
  select 'trigger ' || pg_get_triggerdef(t.oid) from own join pg_trigger t on tgrelid = own.oid where not tgisinternal
  union all
  select 'type ' || nspname || '.' || typname from pg_type join pg_namespace n on n.oid = typnamespace
  where ${OWN} and typtype in ('d', 'e')
  union all
  select 'function ' || pg_get_functiondef(p.oid) from pg_proc p join pg_namespace n on n.oid = pronamespace
  where ${OWN} and prokind in ('f', 'p')
  order by line`
