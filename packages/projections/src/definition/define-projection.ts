import type { AggregateRef, EventDefinition, EventOf, RecordedEvent } from '@leadlog/contracts'
import { ProjectionError } from '../errors.ts'
import { canonicalRow } from '../fold/canonical-row.ts'
import { storableText } from '../storage/array-literal.ts'
import type { Column, GeneratedColumn, ValueOf } from './column.ts'
import { subscriptionsOf, type Subscription } from './subscription.ts'
import { checkColumnName, parseTableName, type TableName } from './table-name.ts'

/** A row as the machinery sees it: column name to value. */
export type AnyRow = Readonly<Record<string, unknown>>

/** Folds one event into the row of one key; null deletes the row. */
export type Evolve = (row: AnyRow | null, event: RecordedEvent, key: string) => AnyRow | null

export interface NamedColumn extends Column {
  readonly name: string
}

/** An index beside the primary key, in Postgres' words. */
export interface IndexDeclaration {
  /** What stands in the parentheses: `updated_at desc, id` or `search`. */
  readonly on: string
  /** Index method; b-tree where absent. */
  readonly using?: string
  readonly unique?: boolean
  readonly where?: string
}

/** What becomes of the rows when a stream has lost what they were made of. */
export interface Expiry<Row extends object = AnyRow> {
  /**
   * Which rows tell only of lost messages of the stream, in Postgres' words; `$1` is the sequence of the oldest message
   * that it still holds. Must not be true of what {@link rest} leaves.
   */
  readonly where: string
  /** The row as a rebuild without these messages would make it; null where nothing would be left. Pure. */
  rest(row: Row): Row | null
}

declare const ROW: unique symbol

/** A declared fold. Made by {@link defineProjection}; everything else in this package takes one. */
export interface Projection<Row extends object = AnyRow> {
  readonly kind: 'fold'
  readonly name: string
  readonly version: number
  readonly table: TableName
  /** Every column of the row, in order; generated ones are apart. */
  readonly columns: readonly NamedColumn[]
  readonly generatedColumns: readonly NamedColumn[]
  readonly keyColumn: string
  readonly indexes: readonly IndexDeclaration[]
  /** One for each stream it reads. */
  readonly subscriptions: readonly Subscription[]
  /** Types of the events that only ever make a row; see the declaration. */
  readonly once: ReadonlySet<string>
  /** The rows that the event touches, without repeats; none for an event it does not take. */
  key(event: RecordedEvent): readonly string[]
  /**
   * Folds one event into one row and brings the outcome to the form that the table would give back, so that a fold
   * is the same wherever a batch ends. The same object comes back when the event changes nothing.
   *
   * @throws whatever the handler throws, and ProjectionError PROJECTION_ROW_INVALID for what cannot be a row
   */
  evolve(row: Row | null, event: RecordedEvent, key: string): Row | null
  /** By stream; none for a stream that loses nothing. */
  readonly expires: Readonly<Record<string, Expiry>>
  /** The aggregates whose histories alone decide the row; null where that is not known. */
  aggregatesOf(key: string): readonly AggregateRef[] | null
  /** Whether readers see the row; changes of rows that they do not see are announced to nobody. */
  isShown(row: Row): boolean
  /** Statements to run on each newly created copy of the table. */
  setup(table: string): readonly string[]
  readonly [ROW]?: Row
}

/** The row type of a projection: `RowOf<typeof leadList>`. */
export type RowOf<P extends Projection> = P extends Projection<infer Row> ? Row : never

type Columns = Readonly<Record<string, Column>>

/** The row that columns declared with `column` make. */
export type RowOfColumns<C extends Columns> = {
  readonly [K in keyof C as C[K] extends GeneratedColumn ? never : K]: ValueOf<C[K]>
}

/** One handler for each declared event, typed by the event. */
export type EvolveHandlers<Row, D extends EventDefinition> = {
  readonly [T in D['type']]: (
    row: Row | null,
    event: EventOf<Extract<D, { readonly type: T }>>,
    key: string
  ) => Row | null
}

export interface ProjectionDeclaration<C extends Columns, D extends EventDefinition> {
  /** Unique over the system; also the name of its checkpoints. */
  readonly name: string
  /** Raise it when columns, keys or handlers change: the table is then rebuilt beside the live one and swapped. */
  readonly version: number
  /** `<schema>.<table>`; the schema is the service's own. */
  readonly table: string
  /** Exactly one `column.text({ primaryKey: true })`, which holds the key. */
  readonly columns: C
  readonly indexes?: readonly IndexDeclaration[]
  /** The events it folds. */
  readonly on: readonly D[]
  /**
   * Those of them that only ever make a row: where it is there already, their handler gives it back as it is. A live run
   * inserts such rows without reading them first.
   */
  readonly once?: readonly D[]
  /** Where an event type does not come from its usual stream (EVENTS; INGEST for ingest.*; DEAD_LETTERS for ops.*). */
  readonly streams?: { readonly [T in D['type']]?: string }
  /** The row or rows that an event touches; null for none. Pure. */
  key(event: EventOf<D>): string | readonly string[] | null
  /**
   * Pure: no clock, no randomness, no outside call, and rows are never changed in place. A row that comes back as the
   * same object is not written.
   */
  readonly evolve: EvolveHandlers<RowOfColumns<C>, D>
  /** The aggregates whose histories alone decide the row, so that one row as of a moment needs no full read. */
  aggregateOf?(key: string): AggregateRef | readonly AggregateRef[] | null
  /** For each stream that loses its oldest messages: what is left of the rows then, so that they equal a rebuild's. */
  readonly expires?: Readonly<Record<string, Expiry<RowOfColumns<C>>>>
  /**
   * Whether readers see the row; all rows where absent. Where several streams make a row, the first of them may leave it
   * unfinished, and its queries pass it by: nobody is told of it until it can be read. Pure.
   */
  isShown?(row: RowOfColumns<C>): boolean
  /** Further statements for each created copy of the table: policies, grants, comments. */
  setup?(table: string): readonly string[]
}

const NAME_FORM = /^[a-z][a-z0-9-]*$/

/**
 * Declares a read model as a pure fold over events. See the package's README for the guarantees and for the rule on
 * projections that read several streams.
 *
 * @throws ProjectionError PROJECTION_INVALID when the declaration contradicts itself
 */
export function defineProjection<const C extends Columns, const D extends EventDefinition>(
  declaration: ProjectionDeclaration<C, D>
): Projection<RowOfColumns<C>> {
  const { name, version, on } = declaration
  const invalid = (problem: string): ProjectionError =>
    new ProjectionError('PROJECTION_INVALID', `Projection ${name}: ${problem}`)
  if (!NAME_FORM.test(name)) throw invalid('the name must be in kebab-case')
  if (!Number.isInteger(version) || version < 1) throw invalid('the version must be a whole number from 1')
  if (on.length === 0) throw invalid('name at least one event under `on`')

  const columns = Object.entries(declaration.columns).map(([key, column]) => ({ ...column, name: key }))
  for (const column of columns) checkColumnName(column.name, name)
  const keys = columns.filter((column) => column.primaryKey)
  const keyColumn = keys[0]
  if (!keyColumn || keys.length > 1 || keyColumn.type !== 'text') {
    throw invalid('declare exactly one `column.text({ primaryKey: true })`')
  }

  const subscriptions = subscriptionsOf(on, declaration.streams)
  const handlers = new Map(Object.entries(declaration.evolve as unknown as Readonly<Record<string, Evolve>>))
  const types = new Set<string>(on.map((definition) => definition.type))
  if (types.size !== on.length) throw invalid('an event is named twice under `on`')
  for (const type of types) if (!handlers.has(type)) throw invalid(`\`evolve\` lacks ${type}`)
  const streams = new Set(subscriptions.map(({ stream }) => stream))
  for (const stream of Object.keys(declaration.expires ?? {}))
    if (!streams.has(stream)) throw invalid(`\`expires\` names ${stream}, of which it takes nothing`)
  for (const type of handlers.keys()) if (!types.has(type)) throw invalid(`${type} is not named under \`on\``)

  const once = new Set<string>((declaration.once ?? []).map(({ type }) => type))
  for (const type of once) if (!types.has(type)) throw invalid(`${type} stands under \`once\` but not under \`on\``)

  const key = declaration.key.bind(declaration) as (event: RecordedEvent) => string | readonly string[] | null
  const aggregateOf = declaration.aggregateOf?.bind(declaration)
  const setup = declaration.setup?.bind(declaration)
  const isShown = declaration.isShown?.bind(declaration) as ((row: AnyRow) => boolean) | undefined
  const table = {
    name,
    columns: columns.filter((column) => column.generatedAs === null),
    keyColumn: keyColumn.name
  }
  return Object.freeze({
    ...table,
    kind: 'fold',
    version,
    table: parseTableName(declaration.table),
    generatedColumns: columns.filter((column) => column.generatedAs !== null),
    indexes: declaration.indexes ?? [],
    once,
    subscriptions,
    key: (event: RecordedEvent) => (types.has(event.type) ? distinctKeys(key(event), name) : NO_KEYS),
    evolve: (row: AnyRow | null, event: RecordedEvent, rowKey: string) => {
      const next = handlers.get(event.type)?.(row, event, rowKey)
      return next === undefined ? row : next === null || next === row ? next : canonicalRow(table, next, rowKey)
    },
    expires: (declaration.expires ?? {}) as unknown as Readonly<Record<string, Expiry>>,
    aggregatesOf: (rowKey) => {
      const refs = aggregateOf?.(rowKey) ?? null
      if (refs === null) return null
      return 'aggregate' in refs ? [refs] : refs
    },
    isShown: (row: AnyRow) => isShown?.(row) ?? true,
    setup: (table) => setup?.(table) ?? []
  } satisfies Projection) as unknown as Projection<RowOfColumns<C>>
}

/** An index entry must fit into a third of a page, whatever its characters. */
const MAX_KEY_LENGTH = 512

const NO_KEYS: readonly string[] = []

function distinctKeys(keys: string | readonly string[] | null, projection: string): readonly string[] {
  if (keys === null) return NO_KEYS
  const list = typeof keys === 'string' ? [keys] : keys
  for (const key of list) {
    if (typeof key !== 'string' || key === '' || key.length > MAX_KEY_LENGTH) {
      throw new ProjectionError(
        'PROJECTION_ROW_INVALID',
        `Projection ${projection}: a key must be a text of 1 to ${MAX_KEY_LENGTH} characters`
      )
    }
  }
  const storable = list.map(storableText)
  return storable.length > 1 ? [...new Set(storable)] : storable
}
