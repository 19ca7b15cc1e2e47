import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { findMeetingRecordings } from '../meeting-recordings/meeting-recordings.queries.ts'
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
  /** Of which some booking names this host, in small letters. */
  readonly hostEmail?: string
}

const namesHost = (bookings: string, email: string) => sql<boolean>`exists (
  select 1 from jsonb_each(${sql.ref(bookings)}) as booking where lower(btrim(booking.value->>'hostEmail')) = ${email})`

/** Meetings whose parts all stand in one row: nearly all of them. */
function simpleMeetings(db: ReadDatabase, filter: MeetingFilter, order: Order, page: PageRequest) {
  let query = db
    .selectFrom('gateway.meetings as m')
    .selectAll('m')
    .select('m.sort_at as sort_value')
    .where('m.merged_into', 'is', null)
    .where(sql<boolean>`m.absorbed = '{}'`)
  if (filter.leadId !== undefined) query = query.where('m.person_id', '=', filter.leadId)
  if (filter.status !== undefined) query = query.where('m.status', '=', filter.status)
  if (filter.from !== undefined) query = query.where('m.sort_at', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('m.sort_at', '<', filter.to)
  if (filter.hostEmail !== undefined) query = query.where(namesHost('m.bookings', filter.hostEmail))
  return onPage(query, { ...order, column: sql.ref('m.sort_at') }, page)
}

/** Which row speaks for a meeting whose parts stand in several: what took place, then what stands, the newest first. */
const SPEAKING_ORDER = sql`
  case part.status when 'held' then 4 when 'booked' then 3 when 'no-show' then 3 when 'canceled' then 2 else 1 end desc,
  part.booked_at desc nulls last, part.id`

/** Meetings that took in others. They are few, so that all of them may be gone through. */
function mergedMeetings(db: ReadDatabase, filter: MeetingFilter, order: Order, page: PageRequest) {
  let query = db
    .withRecursive('parts(id, root)', (parts) =>
      parts
        .selectFrom('gateway.meetings as root')
        .select(['root.id', 'root.id as root'])
        .where(sql<boolean>`root.absorbed <> '{}' and root.merged_into is null`)
        .union(
          parts
            .selectFrom('gateway.meetings as absorbed')
            .innerJoin('parts', 'parts.id', 'absorbed.merged_into')
            .select(['absorbed.id', 'parts.root'])
        )
    )
    .with('speaker', (speaking) =>
      speaking
        .selectFrom('parts')
        .innerJoin('gateway.meetings as part', 'part.id', 'parts.id')
        .distinctOn('parts.root')
        .select(['parts.root', 'part.status', 'part.sort_at'])
        .orderBy('parts.root')
        .orderBy(SPEAKING_ORDER)
    )
    .selectFrom('speaker')
    .innerJoin('gateway.meetings as m', 'm.id', 'speaker.root')
    .selectAll('m')
    .select('speaker.sort_at as sort_value')
  if (filter.leadId !== undefined) query = query.where('m.person_id', '=', filter.leadId)
  if (filter.status !== undefined) query = query.where('speaker.status', '=', filter.status)
  if (filter.from !== undefined) query = query.where('speaker.sort_at', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('speaker.sort_at', '<', filter.to)
  if (filter.hostEmail !== undefined)
    query = query.where(
      sql<boolean>`exists (select 1 from parts join gateway.meetings as part on part.id = parts.id
        where parts.root = m.id and ${namesHost('part.bookings', filter.hostEmail)})`
    )
  return onPage(query, { ...order, column: sql.ref('speaker.sort_at') }, page)
}

/** A page of meetings, by the time at which they are or were to take place. */
export async function findMeetings(
  db: ReadDatabase,
  filter: MeetingFilter,
  sort: '-startsAt' | 'startsAt',
  page: PageRequest
): Promise<Page<Meeting>> {
  const order: Order = { sort, column: sql.ref('m.sort_value'), type: 'time', id: 'm.id' }
  const simple = db.selectFrom(simpleMeetings(db, filter, order, page).as('simple')).selectAll()
  const merged = db.selectFrom(mergedMeetings(db, filter, order, page).as('merged')).selectAll()
  const both = db
    .selectFrom(simple.unionAll(merged).as('m'))
    .leftJoin('gateway.leads as l', (join) => join.onRef('l.id', '=', 'm.person_id').on('l.captured', '=', true))
    .selectAll('m')
    .select('l.id as lead_id')
  const rows = await onPage(both, order, page).execute()
  const absorbed = await absorbedBy(db, rows)
  return toPage(rows, order, page.limit, (row) => meetingOf(wholeMeeting(row, row.lead_id, absorbed.get(row.id) ?? [])))
}

/** One meeting, by its id or that of a meeting that turned out to be it; null for an unknown id. */
export async function findMeeting(db: ReadDatabase, id: string): Promise<MeetingDetail | null> {
  const standingId = await findStandingId(db, id)
  if (standingId === undefined) return null
  const row = await db
    .selectFrom('gateway.meetings as m')
    .leftJoin('gateway.leads as l', (join) => join.onRef('l.id', '=', 'm.person_id').on('l.captured', '=', true))
    .selectAll('m')
    .select('l.id as lead_id')
    .where('m.id', '=', standingId)
    .executeTakeFirst()
  if (!row) return null
  const absorbed = (await absorbedBy(db, [row])).get(row.id) ?? []
  const recordings = await findMeetingRecordings(db, [row.id, ...absorbed.map((part) => part.id)])
  return meetingDetailOf(wholeMeeting(row, row.lead_id, absorbed), recordings)
}

/** The ids that a meeting goes or went by, the standing one first; empty for an unknown one. */
export async function findMeetingIds(db: ReadDatabase, id: string): Promise<readonly string[]> {
  const standingId = await findStandingId(db, id)
  if (standingId === undefined) return []
  const row = await db
    .selectFrom('gateway.meetings')
    .select(['id', 'absorbed'])
    .where('id', '=', standingId)
    .executeTakeFirstOrThrow()
  const absorbed = (await absorbedBy(db, [row])).get(row.id) ?? []
  return [row.id, ...absorbed.map((part) => part.id)]
}

async function findStandingId(db: ReadDatabase, id: string): Promise<string | undefined> {
  const standing = await sql<{ id: string }>`
    with recursive chain as (
      select id, merged_into from gateway.meetings where id = ${id}
      union
      select next.id, next.merged_into from gateway.meetings next join chain on next.id = chain.merged_into
    )
    select id from chain where merged_into is null`.execute(db)
  return standing.rows[0]?.id
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
