import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { onPage, toPage, type Order, type Page, type PageRequest } from '../query/page.ts'
import { crmWriteOf, type CrmWrite } from './crm-write.schema.ts'
import type { CrmWriteKind, CrmWriteState } from './crm-writes.table.ts'

export interface CrmWriteFilter {
  readonly leadId: string | undefined
  readonly state: CrmWriteState | undefined
  readonly kind: CrmWriteKind | undefined
  readonly receivedEventId: string | undefined
}

/** A page of writes and notes. */
export async function findCrmWrites(
  db: ReadDatabase,
  filter: CrmWriteFilter,
  sort: '-queuedAt' | 'queuedAt',
  page: PageRequest
): Promise<Page<CrmWrite>> {
  const order: Order = { sort, column: sql.ref('c.queued_at'), type: 'time', id: 'c.id' }
  let query = db.selectFrom('gateway.crm_writes as c').selectAll('c').select('c.queued_at as sort_value')
  if (filter.leadId !== undefined) query = query.where('c.lead_id', '=', filter.leadId)
  if (filter.state !== undefined) query = query.where('c.state', '=', filter.state)
  if (filter.kind !== undefined) query = query.where('c.kind', '=', filter.kind)
  if (filter.receivedEventId !== undefined) query = query.where('c.correlation_id', '=', filter.receivedEventId)
  const rows = await onPage(query, order, page).execute()
  return toPage(rows, order, page.limit, crmWriteOf)
}

/** Everything that one received event asked of the CRM, oldest first. */
export async function findWritesOfReceivedEvent(db: ReadDatabase, receivedEventId: string): Promise<CrmWrite[]> {
  const rows = await db
    .selectFrom('gateway.crm_writes as c')
    .selectAll('c')
    .where('c.correlation_id', '=', receivedEventId)
    .orderBy('c.queued_at')
    .orderBy('c.id')
    .execute()
  return rows.map(crmWriteOf)
}
