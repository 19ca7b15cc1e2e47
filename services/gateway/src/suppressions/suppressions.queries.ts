import type { ContactChannel, SuppressionReason } from '@leadlog/contracts'
import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { onPage, toPage, type Order, type Page, type PageRequest } from '../query/page.ts'
import type { Suppression } from './suppression.schema.ts'
import type { SuppressionRow } from './suppressions.projection.ts'

export interface SuppressionFilter {
  readonly channel: ContactChannel | undefined
  readonly reason: SuppressionReason | undefined
  readonly active: 'true' | 'false' | undefined
  readonly leadId: string | undefined
  /** In any spelling: its figures count. */
  readonly number: string | undefined
}

/** A page of suppressions, by their last change. */
export async function findSuppressions(
  db: ReadDatabase,
  filter: SuppressionFilter,
  sort: '-changedAt' | 'changedAt',
  page: PageRequest
): Promise<Page<Suppression>> {
  const order: Order = { sort, column: sql.ref('s.changed_at'), type: 'time', id: 's.id' }
  let query = db.selectFrom('gateway.suppressions as s').selectAll('s').select('s.changed_at as sort_value')
  const { channel, reason, active, leadId, number } = filter
  if (channel !== undefined || reason !== undefined) {
    const wanted = JSON.stringify([{ ...(channel ? { channel } : {}), ...(reason ? { reason } : {}) }])
    query = query.where(sql<boolean>`s.facts @> ${wanted}::jsonb`)
  }
  if (active !== undefined) query = query.where('s.active', '=', active === 'true')
  if (leadId !== undefined) query = query.where('s.lead_id', '=', leadId)
  if (number !== undefined) {
    query = query.where(sql<string>`regexp_replace(s.address, '\\D', '', 'g')`, '=', number.replace(/\D/g, ''))
  }
  const rows = await onPage(query, order, page).execute()
  return toPage(rows, order, page.limit, suppressionOf)
}

/** One suppression; null for an unknown id. */
export async function findSuppression(db: ReadDatabase, id: string): Promise<Suppression | null> {
  const row = await db.selectFrom('gateway.suppressions').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? suppressionOf(row) : null
}

function suppressionOf(row: SuppressionRow): Suppression {
  return {
    id: row.id,
    kind: row.kind,
    address: row.address,
    leadId: row.lead_id,
    active: row.active,
    facts: [...row.facts],
    history: row.history.map((step) => ({ ...step, channels: [...step.channels] })),
    changedAt: row.changed_at
  }
}
