import type { AnyRow, NamedColumn, Projection } from '../definition/define-projection.ts'
import { ProjectionError } from '../errors.ts'
import { storableText } from '../storage/array-literal.ts'

/** What decides the form of a row. */
export type RowShape = Pick<Projection, 'name' | 'columns' | 'keyColumn'>

/**
 * The row as the table would give it back: every column, times in UTC with milliseconds, nothing beside. Frozen.
 *
 * @throws ProjectionError PROJECTION_ROW_INVALID for what cannot be a row of the key
 */
export function canonicalRow(shape: RowShape, row: AnyRow, key: string): AnyRow {
  const canonical: Record<string, unknown> = {}
  for (const column of shape.columns) {
    canonical[column.name] = canonicalValue(shape, column, row[column.name])
  }
  if (canonical[shape.keyColumn] !== key) {
    const given = canonical[shape.keyColumn]
    if (typeof given !== 'string' || storableText(given) !== key) {
      throw invalid(shape, shape.keyColumn, `must hold the key "${key}"`)
    }
    canonical[shape.keyColumn] = key
  }
  return Object.freeze(canonical)
}

function canonicalValue(shape: RowShape, column: NamedColumn, value: unknown): unknown {
  if (value === null || value === undefined) {
    if (column.nullable) return null
    throw invalid(shape, column.name, 'has no value and is not nullable')
  }
  switch (column.type) {
    case 'text':
      if (typeof value !== 'string') throw invalid(shape, column.name, 'must be a text')
      return value
    case 'integer':
    case 'bigint':
      if (!Number.isSafeInteger(value)) throw invalid(shape, column.name, 'must be a whole number')
      return value
    case 'double':
      if (typeof value !== 'number') throw invalid(shape, column.name, 'must be a number')
      return value
    case 'boolean':
      if (typeof value !== 'boolean') throw invalid(shape, column.name, 'must be true or false')
      return value
    case 'timestamptz':
      return canonicalTime(shape, column.name, value)
    case 'text[]':
      if (!Array.isArray(value)) throw invalid(shape, column.name, 'must be a list of texts')
      return value
    case 'jsonb':
      return value
    case 'generated':
      return null
  }
}

const UTC_MILLISECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

function canonicalTime(shape: RowShape, column: string, value: unknown): string {
  if (typeof value === 'string' && UTC_MILLISECONDS.test(value)) return value
  const time = typeof value === 'string' || value instanceof Date ? new Date(value) : null
  if (time === null || Number.isNaN(time.getTime())) throw invalid(shape, column, 'must be an ISO 8601 time')
  return time.toISOString()
}

function invalid(shape: RowShape, column: string, problem: string): ProjectionError {
  return new ProjectionError('PROJECTION_ROW_INVALID', `Projection ${shape.name}: column ${column} ${problem}`)
}
