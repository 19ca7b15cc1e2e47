import type { NamedColumn } from '../definition/define-projection.ts'
import type { ColumnType } from '../definition/column.ts'
import { plainArrayLiteral, storableJson, storableText, textArrayLiteral } from './array-literal.ts'

/** How a column's values travel as one array parameter. */
interface Transport {
  /** Type of the array parameter. */
  readonly parameter: string
  /** Cast of one element where the parameter's element type is not the column's. */
  readonly cast: string
  encode(values: readonly unknown[]): string
}

const asText = (encode: (value: never) => string) => (values: readonly unknown[]) =>
  textArrayLiteral(values.map((value) => (value === null ? null : encode(value as never))))

const asPlain = (values: readonly unknown[]): string =>
  plainArrayLiteral(values as readonly (number | boolean | null)[])

const TRANSPORTS: Readonly<Record<ColumnType, Transport>> = {
  text: { parameter: 'text[]', cast: '', encode: asText(storableText) },
  integer: { parameter: 'int4[]', cast: '', encode: asPlain },
  bigint: { parameter: 'int8[]', cast: '', encode: asPlain },
  double: { parameter: 'float8[]', cast: '', encode: asPlain },
  boolean: { parameter: 'bool[]', cast: '', encode: asPlain },
  timestamptz: { parameter: 'timestamptz[]', cast: '', encode: asText((value: string) => value) },
  jsonb: { parameter: 'text[]', cast: '::jsonb', encode: asText(storableJson) },
  'text[]': {
    parameter: 'text[]',
    cast: '::text[]',
    encode: asText((value: readonly string[]) => textArrayLiteral(value.map(storableText)))
  }
}

export function transportOf(column: NamedColumn): Transport {
  if (column.type === 'generated') throw new TypeError(`Column ${column.name} is generated and never written`)
  return TRANSPORTS[column.type]
}

/** Freezes a value all the way down, so that a handler that changes a row in place fails instead of losing it. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const part of Object.values(value)) deepFreeze(part)
  return Object.freeze(value)
}

function parseTimestamp(text: string): string {
  // `2026-11-18 10:00:00.123+00`: what the server sends in UTC needs no calendar.
  const utc = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/.exec(text)
  if (utc) return `${utc[1]}T${utc[2]}.${(utc[3] ?? '').slice(0, 3).padEnd(3, '0')}Z`
  return new Date(text).toISOString()
}

type Parser = (text: string) => unknown

/** By type id of Postgres: int8, int4, int2, float8, bool, jsonb, json, timestamptz. Others arrive as text. */
const PARSERS: ReadonlyMap<number, Parser> = new Map<number, Parser>([
  [20, Number],
  [23, Number],
  [21, Number],
  [701, Number],
  [16, (text) => text === 't'],
  [3802, (text) => deepFreeze(JSON.parse(text) as unknown)],
  [114, (text) => deepFreeze(JSON.parse(text) as unknown)],
  [1184, parseTimestamp],
  [1009, parseTextArray]
])

function parseTextArray(text: string): readonly string[] {
  const values: string[] = []
  const element = /"((?:[^"\\]|\\.)*)"|([^,{}]+)/g
  for (const match of text.matchAll(element)) {
    values.push(match[1] === undefined ? (match[2] ?? '') : match[1].replace(/\\(.)/gs, '$1'))
  }
  return Object.freeze(values)
}

const asIs: Parser = (text) => text

/**
 * Type parsers under which a query gives rows as folds see them (see `column`): pass it as `types` to a pool, so that
 * `RowOf<typeof projection>` is also what Kysely returns.
 */
export const rowTypes = {
  getTypeParser(oid: number): Parser {
    return PARSERS.get(oid) ?? asIs
  }
}
