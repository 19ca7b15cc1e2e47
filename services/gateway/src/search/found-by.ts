import { sql, type RawBuilder } from 'kysely'
import { patternOf, type Term } from './search-text.ts'

/** A row that has what was looked for. */
export interface Found {
  readonly id: string
  /** 1 where every word stands there as it is; the more there is beside it, the less. */
  readonly rank: number
  /** False where nothing has the words, and this one has some like them. */
  readonly exact: boolean
}

/** What the finder of a read model finds, best first: `select … from ${foundBy(…)}`. */
export function foundBy(finder: string, terms: readonly Term[], most: number | null): RawBuilder<Found> {
  const words = terms.map(({ kind, text }) => (kind === 'word' ? text : ''))
  return sql<Found>`${sql.raw(finder)}(${terms.map(patternOf)}::text[], ${words}::text[], true, ${most}::integer)`
}
