import { createHash } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import type { AnyProjection } from '../definition/define-write-projection.ts'
import type { NamedColumn, Projection } from '../definition/define-projection.ts'
import { quoteIdentifier, quoteTable, tableOfSlot, type Slot, type TableName } from '../definition/table-name.ts'
import { ProjectionError } from '../errors.ts'
import { inTransaction } from './transaction.ts'

/**
 * - `ready`: the live table is of this version
 * - `outdated`: it is of an older version; rebuild and swap
 * - `superseded`: it is of a newer version; leave it alone
 */
export type TableState = 'ready' | 'outdated' | 'superseded'

/** A digest of what the table looks like and which events fill it; it must not change within a version. */
export function shapeOf(projection: AnyProjection): string {
  const events = projection.subscriptions.map((subscription) => [subscription.stream, [...subscription.types].sort()])
  const table =
    projection.kind === 'fold'
      ? [projection.table, projection.columns, projection.generatedColumns, projection.indexes]
      : [projection.tables]
  return createHash('sha256')
    .update(JSON.stringify([events, table]))
    .digest('hex')
    .slice(0, 32)
}

function sqlTypeOf(column: NamedColumn): string {
  switch (column.type) {
    case 'double':
      return 'double precision'
    case 'generated':
      return column.generatedAs?.sqlType ?? 'text'
    default:
      return column.type
  }
}

function columnSql(column: NamedColumn): string {
  const declared = `${quoteIdentifier(column.name)} ${sqlTypeOf(column)}`
  if (column.generatedAs) return `${declared} generated always as (${column.generatedAs.expression}) stored`
  return column.nullable ? declared : `${declared} not null`
}

/**
 * Creates the table of a slot with its primary key, unless it exists; indexes come apart, since a rebuild adds them
 * last.
 */
export async function createTable(client: PoolClient, projection: Projection, table: TableName): Promise<void> {
  if (await tableExists(client, table)) return
  const columns = [...projection.columns, ...projection.generatedColumns].map(columnSql)
  const primaryKey = `constraint ${quoteIdentifier(`${table.name}_pkey`)} primary key (${quoteIdentifier(projection.keyColumn)})`
  await ensureSchema(client, table.schema)
  await client.query(`create table ${quoteTable(table)} (${[...columns, primaryKey].join(', ')})`)
  for (const statement of projection.setup(quoteTable(table))) await client.query(statement)
}

/** One at a time: of two that create a schema at once, `if not exists` lets one fail. */
async function ensureSchema(client: PoolClient, schema: string): Promise<void> {
  if (await schemaExists(client, schema)) return
  await client.query(`select pg_advisory_xact_lock(hashtextextended('leadlog.projections/schema/' || $1, 0))`, [schema])
  if (await schemaExists(client, schema)) return
  await client.query(`create schema ${quoteIdentifier(schema)}`)
}

/** Reads the catalog's table: functions like `to_regnamespace` answer from a cache that may be older than the lock. */
async function schemaExists(client: PoolClient, schema: string): Promise<boolean> {
  const { rows } = await client.query('select 1 from pg_namespace where nspname = $1', [schema])
  return rows.length > 0
}

/** Creates what the definition declares beside the primary key. */
export async function createIndexes(client: PoolClient, projection: Projection, table: TableName): Promise<void> {
  const ofColumns = [...projection.columns, ...projection.generatedColumns]
    .filter((column) => column.index)
    .map((column) => ({
      on: quoteIdentifier(column.name),
      using: column.type === 'generated' || column.type === 'jsonb' || column.type === 'text[]' ? 'gin' : undefined,
      unique: false,
      where: undefined
    }))
  for (const [position, index] of [...ofColumns, ...projection.indexes].entries()) {
    const name = quoteIdentifier(`${table.name}_${position + 1}_idx`)
    await client.query(
      `create ${index.unique ? 'unique ' : ''}index if not exists ${name} on ${quoteTable(table)} ` +
        `${index.using ? `using ${index.using} ` : ''}(${index.on})${index.where ? ` where ${index.where}` : ''}`
    )
  }
}

/** Takes, for the rest of the transaction, the right to create, swap or drop the copies of one projection. */
export async function lockTables(client: PoolClient, projection: string): Promise<void> {
  await client.query(`select pg_advisory_xact_lock(hashtextextended('leadlog.projections/tables/' || $1, 0))`, [
    projection
  ])
}

/** What a slot holds, if anything. */
export interface SlotEntry {
  readonly version: number
  readonly shape: string
  readonly finished: boolean
}

export async function readSlot(db: Pool | PoolClient, projection: string, slot: Slot): Promise<SlotEntry | null> {
  const { rows } = await db.query<SlotEntry>(
    `select version, shape, finished_at is not null as finished from projections.tables where projection = $1 and slot = $2`,
    [projection, slot]
  )
  return rows[0] ?? null
}

export async function tableExists(client: PoolClient, table: TableName): Promise<boolean> {
  const { rows } = await client.query<{ present: boolean }>(`select to_regclass($1) is not null as present`, [
    quoteTable(table)
  ])
  return rows[0]?.present === true
}

/**
 * Creates the live table where there is none, and says whether it is of the projection's version. A table that was
 * dropped by hand is created again and filled from the beginning.
 *
 * @throws ProjectionError PROJECTION_SHAPE_CHANGED when the definition changed and its version did not
 */
export async function ensureTable(pool: Pool, projection: AnyProjection): Promise<TableState> {
  return inTransaction(pool, async (client) => {
    await lockTables(client, projection.name)
    const entry = await readSlot(client, projection.name, 'live')
    const shape = shapeOf(projection)
    if (entry && entry.version < projection.version && projection.kind === 'fold') return 'outdated'
    if (entry && entry.version > projection.version) return 'superseded'
    if (entry && entry.version === projection.version && entry.shape !== shape) {
      throw new ProjectionError(
        'PROJECTION_SHAPE_CHANGED',
        `Projection ${projection.name} changed its columns, indexes or events but is still version ` +
          `${projection.version}: raise the version, and the table will be rebuilt`
      )
    }
    if (projection.kind === 'fold') {
      const live = tableOfSlot(projection.table, 'live')
      if (entry && !(await tableExists(client, live))) await forgetSlot(client, projection.name, 'live')
      await createTable(client, projection, live)
      await createIndexes(client, projection, live)
    } else {
      if (entry && entry.version < projection.version) await emptyWriteProjection(client, projection)
      await ensureSchema(client, projection.tables[0]?.schema ?? 'public')
      for (const statement of projection.setup()) await client.query(statement)
    }
    await client.query(
      `insert into projections.tables (projection, slot, version, shape, finished_at) values ($1, 'live', $2, $3, now())
       on conflict (projection, slot) do update set version = excluded.version, shape = excluded.shape`,
      [projection.name, projection.version, shape]
    )
    return 'ready'
  })
}

/** A write projection cannot be built beside the live tables: it is dropped and filled again. */
async function emptyWriteProjection(client: PoolClient, projection: AnyProjection): Promise<void> {
  if (projection.kind !== 'write') return
  for (const table of projection.tables) await client.query(`drop table if exists ${quoteTable(table)} cascade`)
  await forgetSlot(client, projection.name, 'live')
}

/** Removes what is kept about a slot: entry, checkpoints, parked events. The table itself is the caller's. */
export async function forgetSlot(client: PoolClient, projection: string, slot: Slot): Promise<void> {
  for (const table of ['tables', 'checkpoints', 'parked']) {
    await client.query(`delete from projections.${table} where projection = $1 and slot = $2`, [projection, slot])
  }
}
