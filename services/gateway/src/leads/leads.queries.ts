import type { LeadStatus } from '@leadlog/contracts'
import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { onPage, toPage, type Order, type Page, type PageRequest } from '../query/page.ts'
import { foundBy } from '../search/found-by.ts'
import { termsOf, type Term } from '../search/search-text.ts'
import { leadDetailOf, leadOf, type Lead, type LeadDetail } from './lead.schema.ts'
import { leadColumns, LEADS_FINDER, type LeadSyncState } from './leads.table.ts'

export const LEAD_SORTS = ['-lastActivityAt', 'lastActivityAt', '-capturedAt', 'capturedAt', 'email', '-email'] as const
export type LeadSort = (typeof LEAD_SORTS)[number]

export interface LeadFilter {
  readonly email: string | undefined
  readonly status: LeadStatus | undefined
  readonly crmState: LeadSyncState | undefined
  /** What somebody typed: every word, or part of one, must occur; where that finds nothing, one like it. */
  readonly q: string | undefined
}

const LISTED = Object.keys(leadColumns)
  .filter((name): name is ListedColumn => name !== 'fields' && name !== 'search')
  .map((name) => `l.${name}` as const)
type ListedColumn = Exclude<keyof typeof leadColumns, 'fields' | 'search'>

/** A page of leads. */
export async function findLeads(
  db: ReadDatabase,
  filter: LeadFilter,
  sort: LeadSort,
  page: PageRequest
): Promise<Page<Lead>> {
  const order = orderOf(sort)
  let query = listedLeads(db).select(sql<string>`${order.column}`.as('sort_value'))
  if (filter.email !== undefined) query = query.where('l.email_lower', '=', filter.email.trim().toLowerCase())
  if (filter.status !== undefined) query = query.where('l.status', '=', filter.status)
  if (filter.crmState !== undefined) query = query.where('l.sync_state', '=', filter.crmState)
  const terms = termsOf(filter.q ?? '')
  if (terms.length > 0) query = query.where('l.id', 'in', sql<string>`(select id from ${leadsFoundBy(terms)})`)
  const rows = await onPage(query, order, page).execute()
  return toPage(rows, order, page.limit, leadOf)
}

/** One lead with its fields; null for an unknown id. */
export async function findLead(db: ReadDatabase, id: string): Promise<LeadDetail | null> {
  const row = await db
    .selectFrom('gateway.leads')
    .selectAll()
    .where('id', '=', id)
    .where('captured', '=', true)
    .executeTakeFirst()
  return row ? leadDetailOf(row) : null
}

/** The leads among these ids, by id: one statement, however many there are. */
export async function findLeadsById(db: ReadDatabase, ids: readonly string[]): Promise<ReadonlyMap<string, Lead>> {
  if (ids.length === 0) return new Map()
  const rows = await listedLeads(db)
    .where('l.id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row) => [row.id, leadOf(row)]))
}

/** Those that were captured, with what a list shows of them. */
function listedLeads(db: ReadDatabase) {
  return db
    .selectFrom('gateway.leads as l')
    .select(LISTED)
    .select(sql<number>`(select count(*) from jsonb_object_keys(l.fields))::integer`.as('field_count'))
    .where('l.captured', '=', true)
}

function orderOf(sort: LeadSort): Order {
  switch (sort) {
    case '-lastActivityAt':
    case 'lastActivityAt':
      return { sort, column: sql.ref('l.last_activity_at'), type: 'time', id: 'l.id' }
    case '-capturedAt':
    case 'capturedAt':
      return { sort, column: sql.ref('l.captured_at'), type: 'time', id: 'l.id' }
    case 'email':
    case '-email':
      return { sort, column: sql.ref('l.email_lower'), type: 'text', id: 'l.id' }
  }
}

/** The ids of leads that have the terms, best first. */
export function leadsFoundBy(terms: readonly Term[], most: number | null = null) {
  return foundBy(LEADS_FINDER, terms, most)
}
