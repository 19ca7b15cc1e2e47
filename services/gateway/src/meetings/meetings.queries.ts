import { sql, type RawBuilder } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { onPage, toPage, type Order, type Page, type PageRequest } from '../query/page.ts'
import { meetingDetailOf, meetingOf, wholeMeeting } from './meeting-answer.ts'
import type { MeetingStatus } from './meeting-summary.ts'
import type { Meeting, MeetingDetail } from './meeting.schema.ts'
import type { MeetingRow } from './meetings.table.ts'

export interface MeetingFilter {
  readonly leadId: string | undefined
  readonly status: MeetingStatus | undefined
  readonly from: string | undefined
  readonly to: string | undefined
}

/**
 * The row that speaks for a meeting whose parts stand in several rows: one that took place, else one with a standing
 * booking, the newest first. Looked for only where meetings were merged.
 */
const speaker: RawBuilder<{ status: MeetingStatus | null; sort_at: string | null }> = sql`lateral (
  with recursive parts as (
    select m.id
    union
    select absorbed.id from gateway.meetings absorbed join parts on absorbed.merged_into = parts.id
  )
  select part.status, part.sort_at
  from gateway.meetings part join parts using (id)
  order by
    case part.status when 'held' then 4 when 'booked' then 3 when 'no-show' then 3 when 'canceled' then 2 else 1 end desc,
    part.booked_at desc nulls last, part.id
  limit 1
)`

const status = sql<MeetingStatus>`coalesce(speaker.status, m.status)`
const sortAt = sql<string>`coalesce(speaker.sort_at, m.sort_at)`

function meetings(db: ReadDatabase) {
  return db
    .selectFrom('gateway.meetings as m')
    .leftJoin(speaker.as<'speaker'>('speaker'), (join) => join.on(sql<boolean>`m.absorbed <> '{}'`))
    .leftJoin('gateway.leads as l', (join) => join.onRef('l.id', '=', 'm.person_id').on('l.captured', '=', true))
    .selectAll('m')
    .select(['l.id as lead_id', sortAt.as('sort_value')])
}

/** A page of meetings, by the time at which they are or were to take place. */
export async function findMeetings(
  db: ReadDatabase,
  filter: MeetingFilter,
  sort: '-startsAt' | 'startsAt',
  page: PageRequest
): Promise<Page<Meeting>> {
  const order: Order = { sort, column: sortAt, type: 'time', id: 'm.id' }
  let query = meetings(db).where('m.merged_into', 'is', null)
  if (filter.leadId !== undefined) query = query.where('m.person_id', '=', filter.leadId)
  if (filter.status !== undefined) query = query.where(status, '=', filter.status)
  if (filter.from !== undefined) query = query.where(sortAt, '>=', filter.from)
  if (filter.to !== undefined) query = query.where(sortAt, '<', filter.to)
  const rows = await onPage(query, order, page).execute()
  const absorbed = await absorbedBy(db, rows)
  return toPage(rows, order, page.limit, (row) => meetingOf(wholeMeeting(row, row.lead_id, absorbed.get(row.id) ?? [])))
}

/** One meeting, by its id or that of a meeting that turned out to be it; null for an unknown id. */
export async function findMeeting(db: ReadDatabase, id: string): Promise<MeetingDetail | null> {
  const standing = await sql<{ id: string }>`
    with recursive chain as (
      select id, merged_into from gateway.meetings where id = ${id}
      union
      select next.id, next.merged_into from gateway.meetings next join chain on next.id = chain.merged_into
    )
    select id from chain where merged_into is null`.execute(db)
  const standingId = standing.rows[0]?.id
  if (standingId === undefined) return null
  const row = await meetings(db).where('m.id', '=', standingId).executeTakeFirst()
  if (!row) return null
  const absorbed = await absorbedBy(db, [row])
  return meetingDetailOf(wholeMeeting(row, row.lead_id, absorbed.get(row.id) ?? []))
}

/** The rows of all meetings that turned out to be one of these, by the id of the one that stands. */
async function absorbedBy(
  db: ReadDatabase,
  rows: readonly Pick<MeetingRow, 'id' | 'absorbed'>[]
): Promise<Map<string, MeetingRow[]>> {
  const ids = rows.filter(({ absorbed }) => absorbed.length > 0).map(({ id }) => id)
  if (ids.length === 0) return new Map()
  const found = await db
    .withRecursive('parts(id, root)', (parts) =>
      parts
        .selectFrom('gateway.meetings as direct')
        .select(['direct.id', sql<string>`direct.merged_into`.as('root')])
        .where('direct.merged_into', 'in', ids)
        .union(
          parts
            .selectFrom('gateway.meetings as further')
            .innerJoin('parts', 'parts.id', 'further.merged_into')
            .select(['further.id', 'parts.root'])
        )
    )
    .selectFrom('gateway.meetings as part')
    .innerJoin('parts', 'parts.id', 'part.id')
    .selectAll('part')
    .select('parts.root')
    .orderBy('part.first_seen_at')
    .orderBy('part.id')
    .execute()
  const byRoot = new Map<string, MeetingRow[]>()
  for (const row of found) byRoot.set(row.root, [...(byRoot.get(row.root) ?? []), row])
  return byRoot
}
