import { Kysely, PostgresDialect } from 'kysely'
import type { PoolClient } from 'pg'
import type { AnyRow, Projection } from '../definition/define-projection.ts'
import type { AnyProjection, WriteProjection } from '../definition/define-write-projection.ts'
import { tableOfSlot, type TableName } from '../definition/table-name.ts'
import { foldEvents, keyEvents, type ParkedEvent } from '../fold/fold-events.ts'
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

/** Reads the rows of a batch in one select, folds, writes back only what changed. */
export function foldApplier(projection: Projection, table: TableName): Applier {
  const store = createRowStore(projection, table)
  return async (client, events, parkedKeys) => {
    const parked: ParkedEvent[] = []
    const { keyed, keys } = keyEvents(projection, events, parkedKeys, parked)
    if (keys.size === 0) return { changedKeys: [], parked }
    const before = await store.read(client, [...keys])
    const rows = new Map<string, AnyRow | null>(before)
    foldEvents(projection, keyed, rows, parkedKeys, parked)

    const written: AnyRow[] = []
    const deleted: string[] = []
    const changedKeys: string[] = []
    for (const key of keys) {
      const old = before.get(key) ?? null
      const row = rows.get(key) ?? null
      if (row === old || (row !== null && old !== null && sameRow(projection, old, row))) continue
      changedKeys.push(key)
      if (row === null) deleted.push(key)
      else written.push(row)
    }
    if (deleted.length > 0) await store.delete(client, deleted)
    if (written.length > 0) await store.upsert(client, written)
    return { changedKeys, parked }
  }
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
    return { changedKeys: null, parked }
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
