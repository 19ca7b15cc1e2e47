import { Kysely, PostgresDialect } from 'kysely'
import type { PoolClient } from 'pg'
import type { AnyRow, Projection } from '../definition/define-projection.ts'
import type { AnyProjection, WriteProjection } from '../definition/define-write-projection.ts'
import { tableOfSlot, type TableName } from '../definition/table-name.ts'
import { foldEvents, keyEvents, type KeyedEvent, type ParkedEvent } from '../fold/fold-events.ts'
import { PoisonError } from '../fold/poison-error.ts'
import { sameRow } from '../fold/same-row.ts'
import { failureKind } from '../storage/failure-kind.ts'
import { createRowStore } from '../storage/row-store.ts'
import type { Applier } from './member.ts'

/** The way a projection's events reach its live tables. */
export function applierOf(projection: AnyProjection): Applier {
  return projection.kind === 'fold'
    ? foldApplier(projection, tableOfSlot(projection.table, 'live'))
    : writeApplier(projection)
}

/**
 * Reads the rows of a batch in one select, folds, writes back only what changed. Rows that the batch's events can only
 * make are not read: they are inserted where they are not there.
 */
export function foldApplier(projection: Projection, table: TableName): Applier {
  const store = createRowStore(projection, table)
  const hasDocuments = projection.columns.some(({ type }) => type === 'jsonb')
  return async (client, events, parkedKeys) => {
    const parked: ParkedEvent[] = []
    const { keyed, keys } = keyEvents(projection, events, parkedKeys, parked)
    if (keys.size === 0) return { changedKeys: [], changedRows: 0, parked }
    const readKeys = keysToRead(projection, keyed)
    const before = readKeys.size === 0 ? new Map<string, AnyRow>() : await store.read(client, [...readKeys])
    const rows = new Map<string, AnyRow | null>(before)
    foldEvents(projection, keyed, rows, parkedKeys, parked)

    const made: AnyRow[] = []
    const written: AnyRow[] = []
    const writtenBeside: AnyRow[] = []
    const deleted: string[] = []
    const changedKeys: string[] = []
    for (const key of keys) {
      const old = before.get(key) ?? null
      const row = rows.get(key) ?? null
      if (!readKeys.has(key)) {
        if (row !== null) made.push(row)
        continue
      }
      if (row === old || (row !== null && old !== null && sameRow(projection, old, row))) continue
      changedKeys.push(key)
      if (row === null) deleted.push(key)
      else if (old !== null && hasDocuments && sameDocuments(projection, old, row)) writtenBeside.push(row)
      else written.push(row)
    }
    if (made.length > 0) changedKeys.push(...(await store.insertNew(client, made)))
    if (deleted.length > 0) await store.delete(client, deleted)
    if (writtenBeside.length > 0 && (await store.updateBesideDocuments(client, writtenBeside)) < writtenBeside.length) {
      // A row went away although nobody else writes here: all of it is put there again.
      written.push(...writtenBeside)
    }
    if (written.length > 0) await store.upsert(client, written)
    const isShown = (row: AnyRow | null | undefined): boolean => row != null && projection.isShown(row)
    const shown = changedKeys.filter((key) => isShown(before.get(key)) || isShown(rows.get(key)))
    return { changedKeys: shown, changedRows: changedKeys.length, parked }
  }
}

/** Those that an event of the batch does more to than make them. */
function keysToRead({ once }: Projection, keyed: readonly KeyedEvent[]): ReadonlySet<string> {
  return new Set(keyed.flatMap(({ event, keys }) => (once.has(event.type) ? [] : keys)))
}

/** True where no document was touched. A fold keeps what it does not change, so identity is enough. */
function sameDocuments({ columns }: Projection, before: AnyRow, after: AnyRow): boolean {
  return columns.every(({ name, type }) => type !== 'jsonb' || before[name] === after[name])
}

function writeApplier(projection: WriteProjection): Applier {
  return async (client, events, parkedKeys) => {
    const parked: ParkedEvent[] = []
    const { keyed } = keyEvents(projection, events, parkedKeys, parked)
    if (keyed.length > 0) {
      try {
        await projection.write(
          kyselyOn(client),
          keyed.map(({ event }) => event)
        )
      } catch (error) {
        throw isDataOrCode(error) ? new PoisonError(error) : error
      }
    }
    return { changedKeys: null, changedRows: null, parked }
  }
}

/** Bad data, or an error of the author's code; the server's other errors concern every event alike. */
function isDataOrCode(error: unknown): boolean {
  const kind = failureKind(error)
  return kind === 'poison' || (kind === 'broken' && error instanceof Error && !('severity' in error))
}

/** Kysely on one connection, inside the transaction that is open on it. */
function kyselyOn(client: PoolClient): Kysely<unknown> {
  const lent = { query: client.query.bind(client), release: () => undefined }
  return new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: { connect: async () => lent, end: async () => undefined } as never })
  })
}
