import type { WorkKind } from '@leadlog/contracts'
import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { onPage, toPage, type Order, type Page, type PageRequest } from '../query/page.ts'
import type { WorkRow } from './work.projection.ts'

export interface WorkFilter {
  readonly kinds: readonly WorkKind[]
  readonly state?: WorkRow['state'] | undefined
  readonly about?: string | undefined
}

/** What was started, newest first. */
export async function findWork(
  db: ReadDatabase,
  { kinds, state, about }: WorkFilter,
  page: PageRequest
): Promise<Page<WorkRow>> {
  const order: Order = { sort: '-startedAt', column: sql.ref('w.started_at'), type: 'time', id: 'w.id' }
  let query = db
    .selectFrom('gateway.work as w')
    .selectAll()
    .select('w.started_at as sort_value')
    .where('w.kind', 'in', kinds)
  if (state !== undefined) query = query.where('w.state', '=', state)
  if (about !== undefined) query = query.where(sql<boolean>`w.about ? ${about}`)
  const rows = await onPage(query, order, page).execute()
  return toPage(rows, order, page.limit, (row) => row)
}

/** Work of one of the kinds; null for an unknown id. */
export async function findWorkById(db: ReadDatabase, id: string, kinds: readonly WorkKind[]): Promise<WorkRow | null> {
  const row = await db
    .selectFrom('gateway.work')
    .selectAll()
    .where('id', '=', id)
    .where('kind', 'in', kinds)
    .executeTakeFirst()
  return row ?? null
}

/** Ids of everything that has not ended. */
export async function findUnfinishedWork(db: ReadDatabase): Promise<string[]> {
  const rows = await db.selectFrom('gateway.work').select('id').where('state', '=', 'running').execute()
  return rows.map(({ id }) => id)
}
