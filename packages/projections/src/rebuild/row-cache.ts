import type { Pool } from 'pg'
import type { AnyRow } from '../definition/define-projection.ts'
import type { RowSpace } from '../fold/fold-events.ts'
import type { RowStore } from '../storage/row-store.ts'
import { withClient } from '../storage/transaction.ts'

/** Text of the rows kept in memory; as objects they take a few times as much, which stays far below 400 MB. */
const CACHED_TEXT_BYTES = 24 * 1024 * 1024
/** Many small rows cost by their number, not by their text. */
const MAX_CACHED_ROWS = 25_000
const MIN_CACHED_ROWS = 2_000
/** After an eviction there is room for a while. */
const KEPT_SHARE = 0.75

/** Rows that are taken out to be written. */
export interface DirtyRows {
  readonly written: readonly AnyRow[]
  readonly deleted: readonly string[]
}

/**
 * The rows of a rebuild while it runs: most events find theirs here, so a row is read and written once a flush at
 * most, however many events change it in between. Bounded: what is stored can be forgotten and read again.
 */
export interface RowCache extends RowSpace {
  /** Reads what is missing of the keys, if the table can hold it. */
  load(pool: Pool, keys: ReadonlySet<string>): Promise<void>
  /** Rows that changed since they were last taken out to be written. */
  readonly dirtyCount: number
  takeDirty(): DirtyRows
  /**
   * Forgets the rows that were used longest ago, down to what fits; only those that are stored and not `kept`. No load
   * may be under way: what it read could be older than what is forgotten here.
   */
  evict(textBytesPerRow: number, kept: ReadonlySet<string>): void
}

/** @param tableIsEmpty spares reading while nothing is stored */
export function createRowCache(store: RowStore, tableIsEmpty: boolean): RowCache {
  const rows = new Map<string, AnyRow | null>()
  let dirty = new Set<string>()
  /** Being written at the moment; still needed here, since the table does not show them yet. */
  let inFlight: ReadonlySet<string> = new Set()
  let mayBeStored = !tableIsEmpty

  return {
    get: (key) => rows.get(key),
    set(key, row) {
      if (rows.get(key) === row) return
      rows.set(key, row)
      dirty.add(key)
    },
    async load(pool, keys) {
      const missing: string[] = []
      for (const key of keys) {
        const known = rows.get(key)
        if (known === undefined) missing.push(key)
        else if (mayBeStored) {
          // Behind the others: what is used stays longest.
          rows.delete(key)
          rows.set(key, known)
        }
      }
      if (missing.length === 0) return
      const found = mayBeStored ? await withClient(pool, (client) => store.read(client, missing)) : null
      // What came in meanwhile is newer than what was read.
      for (const key of missing) if (!rows.has(key)) rows.set(key, found?.get(key) ?? null)
    },
    get dirtyCount() {
      return dirty.size
    },
    takeDirty() {
      const written: AnyRow[] = []
      const deleted: string[] = []
      for (const key of dirty) {
        const row = rows.get(key)
        if (row) written.push(row)
        else deleted.push(key)
      }
      inFlight = dirty
      dirty = new Set()
      return { written, deleted }
    },
    evict(textBytesPerRow, kept) {
      inFlight = new Set()
      const fits = Math.floor(CACHED_TEXT_BYTES / Math.max(1, textBytesPerRow))
      const limit = Math.min(MAX_CACHED_ROWS, Math.max(MIN_CACHED_ROWS, fits))
      if (rows.size <= limit) return
      mayBeStored = true
      let excess = rows.size - Math.floor(limit * KEPT_SHARE)
      for (const key of rows.keys()) {
        if (excess <= 0) break
        if (dirty.has(key) || inFlight.has(key) || kept.has(key)) continue
        rows.delete(key)
        excess -= 1
      }
    }
  }
}
