import type { PoolClient } from 'pg'
import { quoteIdentifier, quoteTable, tableOfSlot, type TableName } from '../definition/table-name.ts'
import { sameValue } from '../fold/same-row.ts'
import { inTransaction } from '../storage/transaction.ts'
import { withAlignedRebuild, type AlignOptions } from './align-rebuild.ts'

/** Enough to see what a change does; all keys of a difference are one query away. */
const DEFAULT_SAMPLES = 20

export interface ColumnDifference {
  readonly column: string
  readonly live: unknown
  readonly rebuilt: unknown
}

export interface RowDifference {
  readonly key: string
  /** `added` and `removed` are seen from the live table: an added row is in the rebuilt one only. */
  readonly kind: 'added' | 'removed' | 'changed'
  readonly columns: readonly ColumnDifference[]
}

export interface TableComparison {
  readonly equal: boolean
  /** Both tables stood here, by stream, when they were compared. */
  readonly sequences: Readonly<Record<string, number>>
  readonly liveRows: number
  readonly rebuiltRows: number
  readonly added: number
  readonly removed: number
  readonly changed: number
  /** For each column that both have, in how many rows it differs. */
  readonly changedByColumn: Readonly<Record<string, number>>
  readonly columnsOnlyLive: readonly string[]
  readonly columnsOnlyRebuilt: readonly string[]
  readonly samples: readonly RowDifference[]
}

/**
 * Compares a finished rebuild with the live table, row by row and column by column, both at the same sequence, with
 * live traffic on: the live projection waits only until the snapshot is taken.
 *
 * @throws as the alignment does: no finished rebuild, or a live table that does not move
 */
export async function compareTables(options: AlignOptions & { readonly samples?: number }): Promise<TableComparison> {
  const { projection, pool, samples = DEFAULT_SAMPLES } = options
  const live = tableOfSlot(projection.table, 'live')
  const rebuilt = tableOfSlot(projection.table, 'rebuild')
  const done = Promise.withResolvers<TableComparison>()
  await withAlignedRebuild(options, false, async (_locks, sequences) => {
    const snapshot = Promise.withResolvers<void>()
    const comparing = inTransaction(
      pool,
      async (client) => {
        // The first statement fixes what the transaction sees; from then on the live table may move.
        const columns = await readColumns(client, live, rebuilt)
        snapshot.resolve()
        return compare(client, { live, rebuilt, key: projection.keyColumn, columns, sequences, samples })
      },
      'begin isolation level repeatable read read only'
    )
    comparing.then(done.resolve, done.reject)
    await Promise.race([snapshot.promise, comparing])
  })
  return done.promise
}

interface Columns {
  readonly common: readonly string[]
  readonly onlyLive: readonly string[]
  readonly onlyRebuilt: readonly string[]
}

async function readColumns(client: PoolClient, live: TableName, rebuilt: TableName): Promise<Columns> {
  const { rows } = await client.query<{ table_name: string; column_name: string }>(
    `select table_name, column_name from information_schema.columns
     where table_schema = $1 and table_name = any($2) and is_generated = 'NEVER' order by ordinal_position`,
    [live.schema, [live.name, rebuilt.name]]
  )
  const of = (table: TableName): string[] =>
    rows.filter((row) => row.table_name === table.name).map((row) => row.column_name)
  const left = of(live)
  const right = of(rebuilt)
  return {
    common: right.filter((name) => left.includes(name)),
    onlyLive: left.filter((name) => !right.includes(name)),
    onlyRebuilt: right.filter((name) => !left.includes(name))
  }
}

async function compare(
  client: PoolClient,
  options: {
    readonly live: TableName
    readonly rebuilt: TableName
    readonly key: string
    readonly columns: Columns
    readonly sequences: Readonly<Record<string, number>>
    readonly samples: number
  }
): Promise<TableComparison> {
  const { columns } = options
  const key = quoteIdentifier(options.key)
  const both = `l.${key} is not null and r.${key} is not null`
  const differs = columns.common.map((name) => `l.${quoteIdentifier(name)} is distinct from r.${quoteIdentifier(name)}`)
  const anyDiffers = `(${differs.join(' or ')})`
  const joined = `${quoteTable(options.live)} l full join ${quoteTable(options.rebuilt)} r on l.${key} = r.${key}`
  const counts = [
    `count(l.${key}) as live_rows`,
    `count(r.${key}) as rebuilt_rows`,
    `count(*) filter (where l.${key} is null) as added`,
    `count(*) filter (where r.${key} is null) as removed`,
    `count(*) filter (where ${both} and ${anyDiffers}) as changed`,
    ...differs.map((expression, index) => `count(*) filter (where ${both} and ${expression}) as c${index}`)
  ]
  const { rows } = await client.query<Record<string, string>>(`select ${counts.join(', ')} from ${joined}`)
  const totals = rows[0] ?? {}
  const count = (name: string): number => Number(totals[name] ?? 0)
  const different = count('added') + count('removed') + count('changed')
  const { rows: sampled } =
    different === 0
      ? { rows: [] }
      : await client.query<{ key: string; live: JsonRow | null; rebuilt: JsonRow | null }>(
          `select coalesce(l.${key}, r.${key}) as key, to_jsonb(l) as live, to_jsonb(r) as rebuilt from ${joined}
           where l.${key} is null or r.${key} is null or ${anyDiffers} order by 1 limit $1`,
          [options.samples]
        )
  return {
    equal: different === 0 && columns.onlyLive.length === 0 && columns.onlyRebuilt.length === 0,
    sequences: options.sequences,
    liveRows: count('live_rows'),
    rebuiltRows: count('rebuilt_rows'),
    added: count('added'),
    removed: count('removed'),
    changed: count('changed'),
    changedByColumn: Object.fromEntries(
      columns.common.map((name, index) => [name, count(`c${index}`)] as const).filter(([, number]) => number > 0)
    ),
    columnsOnlyLive: columns.onlyLive,
    columnsOnlyRebuilt: columns.onlyRebuilt,
    samples: sampled.map((row) => describe(row, columns.common))
  }
}

type JsonRow = Readonly<Record<string, unknown>>

function describe(
  row: { readonly key: string; readonly live: JsonRow | null; readonly rebuilt: JsonRow | null },
  columns: readonly string[]
): RowDifference {
  const { key, live, rebuilt } = row
  return {
    key,
    kind: live === null ? 'added' : rebuilt === null ? 'removed' : 'changed',
    columns: columns
      .filter((column) => !sameValue(live?.[column] ?? null, rebuilt?.[column] ?? null))
      .map((column) => ({ column, live: live?.[column] ?? null, rebuilt: rebuilt?.[column] ?? null }))
  }
}
