import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { ServiceTable } from './service-tables.ts'

const NEWLINE = 0x0a

export interface TableFigures {
  readonly rows: number
  /** Of the rows in the order of the key, in Postgres' text form. */
  readonly sha256: string
}

/** A table's rows as Postgres' COPY writes them; the figures are right when everything was read. */
export function copyOut(
  client: pg.ClientBase,
  schema: string,
  table: ServiceTable
): { bytes: AsyncGenerator<Buffer>; figures: () => TableFigures } {
  const hash = createHash('sha256')
  let rows = 0
  let sha256 = ''
  async function* bytes(): AsyncGenerator<Buffer> {
    const stream = client.query(copyTo(selectOf(schema, table)))
    for await (const piece of stream as AsyncIterable<Buffer>) {
      // In COPY's text form a line break inside a value is escaped, so each one ends a row.
      for (const byte of piece) if (byte === NEWLINE) rows++
      hash.update(piece)
      yield piece
    }
    sha256 = hash.digest('hex')
  }
  return { bytes: bytes(), figures: () => ({ rows, sha256 }) }
}

/** Reads a table for its figures only. */
export async function tableFigures(client: pg.ClientBase, schema: string, table: ServiceTable): Promise<TableFigures> {
  const { bytes, figures } = copyOut(client, schema, table)
  for await (const _ of bytes) continue
  return figures()
}

/** Adds rows that {@link copyOut} wrote. */
export async function copyIn(
  client: pg.ClientBase,
  schema: string,
  table: ServiceTable,
  bytes: AsyncIterable<Buffer>
): Promise<void> {
  const columns = table.columns.map((column) => pg.escapeIdentifier(column)).join(', ')
  const stream = client.query(copyFrom(`copy ${nameOf(schema, table.name)} (${columns}) from stdin`))
  await pipeline(Readable.from(bytes), stream)
  await raiseSequences(client, schema, table)
}

/** Ids that the database gives out go on behind the highest one. */
async function raiseSequences(client: pg.ClientBase, schema: string, table: ServiceTable): Promise<void> {
  const name = nameOf(schema, table.name)
  for (const column of table.columns) {
    const { rows } = await client.query<{ sequence: string | null }>(
      'select pg_get_serial_sequence($1, $2) as sequence',
      [name, column]
    )
    const sequence = rows[0]?.sequence
    if (sequence == null) continue
    const highest = `(select max(${pg.escapeIdentifier(column)}) from ${name})`
    await client.query(`select setval($1, coalesce(${highest}, 1), ${highest} is not null)`, [sequence])
  }
}

function selectOf(schema: string, table: ServiceTable): string {
  const columns = table.columns.map((column) => pg.escapeIdentifier(column)).join(', ')
  // By bytes, so that another locale gives the same order.
  const order = table.orderBy.map((column) => `${pg.escapeIdentifier(column)}::text collate "C"`).join(', ')
  return `copy (select ${columns} from ${nameOf(schema, table.name)} order by ${order}) to stdout`
}

function nameOf(schema: string, table: string): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`
}
