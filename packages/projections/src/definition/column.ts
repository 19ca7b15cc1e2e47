/** What a column can hold; each has one representation in rows, whatever driver settings a process uses. */
export type ColumnType = 'text' | 'integer' | 'bigint' | 'double' | 'boolean' | 'timestamptz' | 'jsonb' | 'text[]'

declare const VALUE: unique symbol

/** A declared column; `Value` is what the row holds in it. */
export interface Column<Value = unknown> {
  readonly type: ColumnType | 'generated'
  readonly nullable: boolean
  readonly primaryKey: boolean
  readonly index: boolean
  /** For generated columns: the SQL type and the expression that Postgres keeps up to date. */
  readonly generatedAs: { readonly sqlType: string; readonly expression: string } | null
  readonly [VALUE]?: Value
}

/** A column that Postgres computes; it is in the table but not in the row. */
export interface GeneratedColumn extends Column<never> {
  readonly type: 'generated'
}

/** What a row holds in the column. */
export type ValueOf<C> = C extends Column<infer Value> ? Value : never

export interface ColumnOptions {
  /** The one column that holds the key; text. */
  readonly primaryKey?: boolean
  /** A plain b-tree index; others are declared under `indexes`. */
  readonly index?: boolean
  readonly nullable?: false
}

export interface NullableColumnOptions {
  readonly index?: boolean
  readonly nullable: true
}

interface ColumnBuilder<Base> {
  <Value extends Base = Base>(options: NullableColumnOptions): Column<Value | null>
  <Value extends Base = Base>(options?: ColumnOptions): Column<Value>
}

function builder<Base>(type: ColumnType): ColumnBuilder<Base> {
  return (options: ColumnOptions | NullableColumnOptions = {}) => ({
    type,
    nullable: options.nullable === true,
    primaryKey: 'primaryKey' in options && options.primaryKey === true,
    index: options.index === true,
    generatedAs: null
  })
}

/**
 * Declares columns: `column.text()`, `column.text<LeadStatus>({ index: true })`, `column.jsonb<Enrichment>()`,
 * `column.timestamptz({ nullable: true })`. The type of the row is derived from them.
 *
 * Rows hold plain values: a `timestamptz` is ISO 8601 text in UTC with milliseconds, a `bigint` a safe integer, a
 * `jsonb` a plain JSON value. NUL characters and lone surrogates, which Postgres refuses, become U+FFFD.
 */
export const column = {
  text: builder<string>('text'),
  integer: builder<number>('integer'),
  bigint: builder<number>('bigint'),
  double: builder<number>('double'),
  boolean: builder<boolean>('boolean'),
  timestamptz: builder<string>('timestamptz'),
  textArray: builder<readonly string[]>('text[]'),
  /** A JSON document; state its type, for example `column.jsonb<Enrichment>()`. */
  jsonb: builder<unknown>('jsonb'),
  /** Computed by Postgres from other columns, for example a search vector. Not part of the row. */
  generated(sqlType: string, expression: string, options: { readonly index?: boolean } = {}): GeneratedColumn {
    return {
      type: 'generated',
      nullable: true,
      primaryKey: false,
      index: options.index === true,
      generatedAs: { sqlType, expression }
    }
  }
}
