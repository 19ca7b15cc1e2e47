import { Nullable } from '@leadlog/contracts'
import { HttpProblem } from '@leadlog/service'
import { Type, type TSchema } from '@sinclair/typebox'
import { sql, type RawBuilder, type SelectQueryBuilder } from 'kysely'

/** The order of a list: by a column, then by id, so that every row has one place whatever is inserted meanwhile. */
export interface Order {
  /** As the client writes it: `-receivedAt`. */
  readonly sort: string
  /** The sorted column, never null: `sql.ref('r.received_at')`. */
  readonly column: RawBuilder<unknown>
  readonly type: 'time' | 'text'
  /** The id's column: `r.id`. */
  readonly id: string
}

/** Which page of a list is asked for. */
export interface PageRequest {
  readonly limit: number
  readonly cursor: string | undefined
}

export interface Page<Row> {
  readonly data: Row[]
  readonly nextCursor: string | null
}

/** The answer of a list route. */
export function pageOf<S extends TSchema>(item: S) {
  return Type.Object({
    data: Type.Array(item),
    nextCursor: Nullable(Type.String({ description: 'give it as `cursor` for the next page; null at the end' }))
  })
}

/** What a query must select so that a cursor can be made of a row. */
export interface Placed {
  readonly id: string
  readonly sort_value: string
}

/** Narrows and orders the query to the page; fetches one row more to see whether there is a next one. */
export function onPage<DB, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
  order: Order,
  page: PageRequest
): SelectQueryBuilder<DB, TB, O> {
  const descending = order.sort.startsWith('-')
  const direction = descending ? 'desc' : 'asc'
  const { column } = order
  const id = sql.ref(order.id)
  const from = page.cursor === undefined ? undefined : readCursor(page.cursor, order)
  const ordered = query
    .orderBy(column, direction)
    .orderBy(id, direction)
    .limit(page.limit + 1)
  if (from === undefined) return ordered
  const value = order.type === 'time' ? sql`${from.value}::timestamptz` : sql`${from.value}::text`
  const beyond = descending ? sql`<` : sql`>`
  return ordered.where(sql<boolean>`(${column}, ${id}) ${beyond} (${value}, ${from.id}::text)`)
}

/** Cuts the extra row off and makes the cursor. */
export function toPage<Row extends Placed, Item>(
  rows: readonly Row[],
  order: Order,
  limit: number,
  item: (row: Row) => Item
): Page<Item> {
  const kept = rows.slice(0, limit)
  const last = rows.length > limit ? kept.at(-1) : undefined
  return { data: kept.map(item), nextCursor: last ? writeCursor(last, order) : null }
}

function writeCursor(row: Placed, order: Order): string {
  return Buffer.from(JSON.stringify([order.sort, row.sort_value, row.id])).toString('base64url')
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

function readCursor(cursor: string, order: Order): { value: string; id: string } {
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown
    if (Array.isArray(parts) && parts.length === 3) {
      const [sort, value, id] = parts as unknown[]
      const fits = sort === order.sort && typeof value === 'string' && typeof id === 'string'
      if (fits && !`${value}${id}`.includes('\0') && (order.type === 'text' || TIME.test(value))) return { value, id }
    }
  } catch {
    // Not one of ours.
  }
  throw new HttpProblem(400, 'CURSOR_INVALID', 'The cursor is not one of this list in this order; start without it')
}
