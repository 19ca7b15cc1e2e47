import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { onPage, toPage, type Order, type PageRequest } from '../query/page.ts'

/** A page of the security log, with the address that each user has now. */
export async function findSecurityLog(
  db: ReadDatabase,
  filter: { readonly userId: string | undefined; readonly type: string | undefined },
  sort: '-at' | 'at',
  page: PageRequest
) {
  const order: Order = { sort, column: sql.ref('s.at'), type: 'time', id: 's.id' }
  let query = db
    .selectFrom('gateway.security_log as s')
    .leftJoin('gateway.users as u', 'u.id', 's.user_id')
    .selectAll('s')
    .select(['s.at as sort_value', 'u.email'])
  if (filter.userId !== undefined) query = query.where('s.user_id', '=', filter.userId)
  if (filter.type !== undefined) query = query.where('s.type', '=', filter.type)
  const rows = await onPage(query, order, page).execute()
  return toPage(rows, order, page.limit, (row) => ({
    id: row.id,
    at: row.at,
    type: row.type,
    actor: row.actor,
    userId: row.user_id,
    email: row.email,
    keyId: row.key_id,
    text: row.text,
    address: row.address,
    device: row.device
  }))
}
