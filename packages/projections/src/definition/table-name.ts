import { ProjectionError } from '../errors.ts'

/** A table by schema and name, both plain snake_case. */
export interface TableName {
  readonly schema: string
  readonly name: string
}

/** Which copy of a projection's table: the one that is read, one being built, or the one that was read before. */
export type Slot = 'live' | 'rebuild' | 'previous'

const SNAKE_CASE = /^[a-z][a-z0-9_]*$/

/** Leaves room in Postgres' 63 bytes for a slot's and an index's suffix. */
const MAX_NAME_LENGTH = 44

const SUFFIX_OF_SLOT: Readonly<Record<Slot, string>> = { live: '', rebuild: '__rebuild', previous: '__previous' }

/** @throws ProjectionError PROJECTION_INVALID when it is not `<schema>.<table>` in snake_case */
export function parseTableName(text: string): TableName {
  const [schema, name, ...rest] = text.split('.')
  if (!schema || !name || rest.length > 0 || !SNAKE_CASE.test(schema) || !SNAKE_CASE.test(name)) {
    throw new ProjectionError('PROJECTION_INVALID', `Table "${text}" must read <schema>.<table> in snake_case`)
  }
  if (name.length > MAX_NAME_LENGTH || name.includes('__')) {
    throw new ProjectionError(
      'PROJECTION_INVALID',
      `Table "${text}" needs a name of at most ${MAX_NAME_LENGTH} characters without a double underscore`
    )
  }
  return { schema, name }
}

/** The copy of a live table in a slot. */
export function tableOfSlot(live: TableName, slot: Slot): TableName {
  return { schema: live.schema, name: `${live.name}${SUFFIX_OF_SLOT[slot]}` }
}

/** @throws ProjectionError PROJECTION_INVALID when the name is not snake_case */
export function checkColumnName(name: string, projection: string): void {
  if (!SNAKE_CASE.test(name)) {
    throw new ProjectionError(
      'PROJECTION_INVALID',
      `Column "${name}" of projection ${projection} must be in snake_case`
    )
  }
}

export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** The table as SQL text. */
export function quoteTable(table: TableName): string {
  return `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`
}
