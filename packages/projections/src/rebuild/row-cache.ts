import type { Pool } from 'pg'
import type { AnyRow } from '../definition/define-projection.ts'
import type { RowSpace } from '../fold/fold-events.ts'
import type { RowStore } from '../storage/row-store.ts'
import { withClient } from '../storage/transaction.ts'
import type { StoredKeys } from './stored-keys.ts'

/** Text of the rows kept in memory; as objects they take a few times as much, which stays far below 400 MB. */
const CACHED_TEXT_BYTES = 24 * 1024 * 1024
/** Many small rows cost by their number, not by their text. */
const MAX_CACHED_ROWS = 30_000
/** Less would forget what the next batch needs. */
const MIN_CACHED_ROWS = 1_000

/** Rows that are taken out to be written. */
export interface DirtyRows {
  readonly written: readonly AnyRow[]
  readonly deleted: readonly string[]
}

/**
 * The rows of a rebuild while it runs: most events find theirs here, so a row is read and written once a flush at
 * most, however many events change it in between. Bounded: what is stored can be forgotten and read again.
 *
 * Rows live in two generations. Whatever is used or changed goes to the young one; forgetting drops the old one and
 * lets the young one grow old. So a row that was used or changed since the time before last is never dropped.
 */
export interface RowCache extends RowSpace {
  /** Reads what is missing of the keys, as far as the table may hold it. */
  load(pool: Pool, keys: ReadonlySet<string>): Promise<void>
  /** Rows that changed since they were last taken out to be written. */
  readonly dirtyCount: number
  takeDirty(): DirtyRows
  /**
   * Forgets rows that were not used for a while, when there are too many. To be called between the end of one write
   * and the next {@link takeDirty}, so that what changed is either written or young; and with no load under way,
   * since what it read could be older than what is forgotten.
   */
  forget(textBytesPerRow: number): void
}

/**
 * @param stored which keys the table may hold; gets those that are taken out to be written
 * @param share the part of a rebuild's memory that this cache may take, up to 1
 */
export function createRowCache(
  store: Pick<RowStore, 'read' | 'upsert' | 'delete'>,
  stored: StoredKeys,
  share = 1
): RowCache {
  let young = new Map<string, AnyRow | null>()
  let old = new Map<string, AnyRow | null>()
  let dirty = new Set<string>()

  const get = (key: string): AnyRow | null | undefined => {
    const known = young.get(key)
    if (known !== undefined) return known
    const aged = old.get(key)
    if (aged !== undefined) young.set(key, aged)
    return aged
  }

  return {
    get,
    set(key, row) {
      if (get(key) === row) return
      young.set(key, row)
      dirty.add(key)
    },
    async load(pool, keys) {
      const missing: string[] = []
      for (const key of keys) {
        if (get(key) !== undefined) continue
        if (stored.mayHold(key)) missing.push(key)
        else young.set(key, null)
      }
      if (missing.length === 0) return
      const found = await withClient(pool, (client) => store.read(client, missing))
      // What came in meanwhile is newer than what was read.
      for (const key of missing) if (get(key) === undefined) young.set(key, found.get(key) ?? null)
    },
    get dirtyCount() {
      return dirty.size
    },
    takeDirty() {
      const written: AnyRow[] = []
      const deleted: string[] = []
      for (const key of dirty) {
        const changed = young.get(key)
        // Null is a row that was deleted: what the old generation still holds of it does not count.
        const row = changed === undefined ? old.get(key) : changed
        if (row) written.push(row)
        else deleted.push(key)
        stored.add(key)
      }
      dirty = new Set()
      return { written, deleted }
    },
    forget(textBytesPerRow) {
      const fits = Math.min(MAX_CACHED_ROWS, CACHED_TEXT_BYTES / Math.max(1, textBytesPerRow))
      const limit = Math.max(MIN_CACHED_ROWS, fits * share)
      if (young.size < limit / 2) return
      old = young
      young = new Map()
    }
  }
}
