import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { onPage, toPage, type Order, type Page, type PageRequest } from '../query/page.ts'
import type { CatalogueItem } from './catalogue-item.schema.ts'
import type { CatalogueItemRow } from './catalogue-items.projection.ts'

export interface CatalogueFilter {
  /** A part of the name, in any case. */
  readonly q: string | undefined
  readonly currency: string | undefined
  readonly archived: 'true' | 'false' | undefined
}

/** A page of the catalogue. */
export async function findCatalogueItems(
  db: ReadDatabase,
  { q, currency, archived }: CatalogueFilter,
  sort: 'name' | '-name' | '-changedAt' | 'changedAt',
  page: PageRequest
): Promise<Page<CatalogueItem>> {
  const byName = sort.endsWith('name')
  const order: Order = {
    sort,
    column: byName ? sql`lower(i.name)` : sql.ref('i.changed_at'),
    type: byName ? 'text' : 'time',
    id: 'i.id'
  }
  let query = db
    .selectFrom('gateway.catalogue_items as i')
    .selectAll('i')
    .select(byName ? sql<string>`lower(i.name)`.as('sort_value') : 'i.changed_at as sort_value')
  if (q !== undefined) query = query.where(sql<boolean>`strpos(lower(i.name), lower(${q})) > 0`)
  if (currency !== undefined) query = query.where('i.currency', '=', currency)
  if (archived !== undefined) query = query.where('i.archived', '=', archived === 'true')
  return toPage(await onPage(query, order, page).execute(), order, page.limit, itemOf)
}

/** One service; null for an unknown id. */
export async function findCatalogueItem(db: ReadDatabase, id: string): Promise<CatalogueItem | null> {
  const row = await db.selectFrom('gateway.catalogue_items').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? itemOf(row) : null
}

function itemOf(row: CatalogueItemRow): CatalogueItem {
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    unitPrice: row.unit_price,
    currency: row.currency,
    taxRate: row.tax_rate,
    archived: row.archived,
    changedAt: row.changed_at,
    changedBy: row.changed_by
  }
}
