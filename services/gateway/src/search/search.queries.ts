import { sql } from 'kysely'
import { CALLS_FINDER, type CallRow } from '../calls/calls.table.ts'
import type { ReadDatabase } from '../database/database.ts'
import { leadsFoundBy } from '../leads/leads.queries.ts'
import type { LeadRow } from '../leads/leads.table.ts'
import { MEETINGS_FINDER, type MeetingRow } from '../meetings/meetings.table.ts'
import { foundBy, type Found } from './found-by.ts'
import { highlightsOf } from './highlight.ts'
import { termsOf, type Term } from './search-text.ts'
import type { SearchHit, SEARCHED } from './search.schema.ts'

interface Ranked {
  readonly rank: number
  readonly hit: SearchHit
}

/** What has every word that was typed, best first; where nothing has, what has words like them. */
export async function search(
  db: ReadDatabase,
  wanted: { readonly q: string; readonly kind: (typeof SEARCHED)[number] | undefined },
  limit: number
): Promise<SearchHit[]> {
  const { kind } = wanted
  const terms = termsOf(wanted.q)
  if (terms.length === 0) return []
  const wants = (one: (typeof SEARCHED)[number]): boolean => kind === undefined || kind === one
  const found = [
    ...(wants('lead') ? await searchLeads(db, terms, limit) : []),
    ...(wants('meeting') ? await searchMeetings(db, terms, limit) : []),
    ...(wants('call') && terms.every((term) => term.kind === 'figures') ? await searchCalls(db, terms, limit) : [])
  ].toSorted((a, b) => b.rank - a.rank)
  const exact = found.filter(({ hit }) => hit.exact)
  return (exact.length > 0 ? exact : found).slice(0, limit).map(({ hit }) => hit)
}

async function searchLeads(db: ReadDatabase, terms: readonly Term[], most: number): Promise<Ranked[]> {
  type Row = Found & Pick<LeadRow, 'name' | 'email' | 'company' | 'title' | 'phone' | 'status' | 'last_activity_at'>
  const { rows } = await sql<Row>`
    select f.id, f.rank, f.exact, l.name, l.email, l.company, l.title, l.phone, l.status, l.last_activity_at
    from ${leadsFoundBy(terms, most)} f join gateway.leads l on l.id = f.id
    order by f.rank desc, l.last_activity_at desc, l.id`.execute(db)
  return rows.map(({ id, rank, exact, name, email, company, title, phone, status, last_activity_at: at }) => ({
    rank,
    hit: {
      kind: 'lead',
      id,
      title: name ?? email,
      detail: company ?? (name === null ? null : email),
      status,
      at,
      exact,
      highlights: highlightsOf({ name, email, company, title, phone }, terms)
    }
  }))
}

async function searchMeetings(db: ReadDatabase, terms: readonly Term[], most: number): Promise<Ranked[]> {
  type Row = Found & Pick<MeetingRow, 'title' | 'customer_name' | 'customer_email' | 'status' | 'sort_at'>
  const { rows } = await sql<Row>`
    select f.id, f.rank, f.exact, m.title, m.customer_name, m.customer_email, m.status, m.sort_at
    from ${foundBy(MEETINGS_FINDER, terms, most)} f join gateway.meetings m on m.id = f.id
    order by f.rank desc, m.sort_at desc, m.id`.execute(db)
  return rows.map(({ id, rank, exact, title, customer_name: name, customer_email: email, status, sort_at: at }) => ({
    rank,
    hit: {
      kind: 'meeting',
      id,
      title: title ?? 'Meeting',
      detail: name ?? email,
      status,
      at,
      exact,
      highlights: highlightsOf({ title, customer: name, email }, terms)
    }
  }))
}

async function searchCalls(db: ReadDatabase, terms: readonly Term[], most: number): Promise<Ranked[]> {
  type Row = Found & Pick<CallRow, 'number' | 'status' | 'started_at'> & { lead_name: string | null }
  const { rows } = await sql<Row>`
    select f.id, f.rank, f.exact, c.number, c.status, c.started_at, coalesce(l.name, l.email) as lead_name
    from ${foundBy(CALLS_FINDER, terms, most)} f join gateway.calls c on c.id = f.id
    left join gateway.leads l on l.id = c.lead_id and l.captured
    order by f.rank desc, c.started_at desc, c.id`.execute(db)
  return rows.map(({ id, rank, exact, number, status, started_at: at, lead_name: detail }) => ({
    rank,
    hit: {
      kind: 'call',
      id,
      title: number ?? 'Call',
      detail,
      status,
      at,
      exact,
      highlights: highlightsOf({ phone: number }, terms)
    }
  }))
}
