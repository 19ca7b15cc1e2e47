import { createHash } from 'node:crypto'
import type { ClientBase, QueryArrayConfig } from 'pg'
import type { AnyRow, NamedColumn, Projection } from '../definition/define-projection.ts'
import { quoteIdentifier, quoteTable, type TableName } from '../definition/table-name.ts'
import { textArrayLiteral, storableText } from './array-literal.ts'
import { rowTypes, transportOf } from './row-codec.ts'

/** Reads and writes many rows of one projection's table by key, each in one prepared statement. */
export interface RowStore {
  read(client: ClientBase, keys: readonly string[]): Promise<Map<string, AnyRow>>
  /** Inserts the rows, or replaces those whose key is there; keys must not repeat. Returns the size of their text. */
  upsert(client: ClientBase, rows: readonly AnyRow[]): Promise<number>
  /** Replaces all but the documents of rows that are there; gives how many were. Cheap where a document is large. */
  updateBesideDocuments(client: ClientBase, rows: readonly AnyRow[]): Promise<number>
  /** Inserts the rows whose key is not there, and gives their keys. */
  insertNew(client: ClientBase, rows: readonly AnyRow[]): Promise<string[]>
  delete(client: ClientBase, keys: readonly string[]): Promise<void>
}

/** Statements are prepared once a connection; the name changes with the text. */
function statementName(text: string): string {
  return `projections-${createHash('sha1').update(text).digest('hex').slice(0, 20)}`
}

export function createRowStore(projection: Projection, table: TableName): RowStore {
  const { columns, keyColumn } = projection
  const target = quoteTable(table)
  const key = quoteIdentifier(keyColumn)
  const keyIndex = columns.findIndex((column) => column.name === keyColumn)
  const names = columns.map((column) => quoteIdentifier(column.name))
  const transports = columns.map(transportOf)
  const assignments = names.filter((name) => name !== key).map((name) => `${name} = excluded.${name}`)

  const readText = `select ${names.join(', ')} from ${target} where ${key} = any($1::text[])`
  const insertText =
    `insert into ${target} (${names.join(', ')}) ` +
    `select ${names.map((name, index) => `v.${name}${transports[index]?.cast ?? ''}`).join(', ')} ` +
    `from unnest(${transports.map((transport, index) => `$${index + 1}::${transport.parameter}`).join(', ')}) ` +
    `as v(${names.join(', ')}) `
  const upsertText =
    insertText +
    `on conflict (${key}) do ${assignments.length > 0 ? `update set ${assignments.join(', ')}` : 'nothing'}`
  // What is written anew is compressed and stored anew, even where it did not change.
  const beside = columns.filter(({ type }) => type !== 'jsonb')
  const besideNames = beside.map((column) => quoteIdentifier(column.name))
  const besideTransports = beside.map(transportOf)
  const updateText =
    `update ${target} as t set ${besideNames
      .filter((name) => name !== key)
      .map((name) => `${name} = v.${name}${besideTransports[besideNames.indexOf(name)]?.cast ?? ''}`)
      .join(', ')} ` +
    `from unnest(${besideTransports.map((transport, index) => `$${index + 1}::${transport.parameter}`).join(', ')}) ` +
    `as v(${besideNames.join(', ')}) where t.${key} = v.${key}`
  const insertNewText = `${insertText}on conflict (${key}) do nothing returning ${key}`
  const deleteText = `delete from ${target} where ${key} = any($1::text[])`
  const readName = statementName(readText)
  const upsertName = statementName(upsertText)
  const updateName = statementName(updateText)
  const insertNewName = statementName(insertNewText)
  const deleteName = statementName(deleteText)

  const encoded = (rows: readonly AnyRow[], chosen: readonly NamedColumn[] = columns): string[] =>
    chosen.map((column) => transportOf(column).encode(rows.map((row) => row[column.name])))

  return {
    async read(client, keys) {
      const query: QueryArrayConfig = {
        name: readName,
        text: readText,
        values: [textArrayLiteral(keys.map(storableText))],
        rowMode: 'array',
        types: rowTypes
      }
      const { rows } = await client.query<unknown[]>(query)
      const found = new Map<string, AnyRow>()
      for (const values of rows) {
        const row: Record<string, unknown> = {}
        for (let index = 0; index < columns.length; index += 1) {
          const column = columns[index]
          if (column) row[column.name] = values[index]
        }
        found.set(values[keyIndex] as string, Object.freeze(row))
      }
      return found
    },
    async upsert(client, rows) {
      const values = encoded(rows)
      await client.query({ name: upsertName, text: upsertText, values })
      return values.reduce((sum, literal) => sum + literal.length, 0)
    },
    async updateBesideDocuments(client, rows) {
      const { rowCount } = await client.query({ name: updateName, text: updateText, values: encoded(rows, beside) })
      return rowCount ?? 0
    },
    async insertNew(client, rows) {
      const query: QueryArrayConfig = {
        name: insertNewName,
        text: insertNewText,
        values: encoded(rows),
        rowMode: 'array',
        types: rowTypes
      }
      const inserted = await client.query<[string]>(query)
      return inserted.rows.map(([id]) => id)
    },
    async delete(client, keys) {
      await client.query({ name: deleteName, text: deleteText, values: [textArrayLiteral(keys.map(storableText))] })
    }
  }
}
