import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { onPage, toPage, type Order, type Page, type PageRequest } from '../query/page.ts'
import type { DialAnswer } from './dial.schema.ts'
import type { DialRow } from './dials.projection.ts'

export interface DialFilter {
  readonly state: DialRow['state'] | undefined
  readonly leadId: string | undefined
  /** In any spelling: its figures count. */
  readonly number: string | undefined
}

/** A page of calls that were asked for, by when they were. */
export async function findDials(
  db: ReadDatabase,
  { state, leadId, number }: DialFilter,
  sort: '-requestedAt' | 'requestedAt',
  page: PageRequest
): Promise<Page<DialAnswer>> {
  const order: Order = { sort, column: sql.ref('d.requested_at'), type: 'time', id: 'd.id' }
  let query = db
    .selectFrom('gateway.dials as d')
    .selectAll('d')
    .select('d.requested_at as sort_value')
    .where('d.person_id', 'is not', null)
  if (state !== undefined) query = query.where('d.state', '=', state)
  if (leadId !== undefined) query = query.where('d.lead_id', '=', leadId)
  if (number !== undefined) query = query.where('d.number_digits', '=', number.replace(/\D/g, ''))
  return toPage(await onPage(query, order, page).execute(), order, page.limit, dialOf)
}

/** One of them; null for an unknown id. */
export async function findDial(db: ReadDatabase, id: string): Promise<DialAnswer | null> {
  const row = await db
    .selectFrom('gateway.dials')
    .selectAll()
    .where('id', '=', id)
    .where('person_id', 'is not', null)
    .executeTakeFirst()
  return row ? dialOf(row) : null
}

function dialOf(row: DialRow): DialAnswer {
  return {
    id: row.id,
    leadId: row.lead_id,
    number: row.number,
    ours: row.ours,
    connect: row.connect,
    purpose: row.purpose,
    why: row.why,
    by: row.by,
    state: row.state,
    callId: row.call_id,
    canceled: row.canceled,
    reason: row.reason,
    code: row.code,
    proof: row.proof,
    requestedAt: row.requested_at,
    placeBefore: row.place_before,
    changedAt: row.changed_at
  }
}
