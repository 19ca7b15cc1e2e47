import type { ReadDatabase } from './database/database.ts'
import type { Freshness } from './freshness/freshness.ts'

/** What the routes read from. */
export interface ReadContext {
  readonly db: ReadDatabase
  readonly freshness: Freshness
}
