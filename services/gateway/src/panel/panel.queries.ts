import { MeetingHeld, MeetingNoteTaken, MeetingReportUpdated } from '@leadlog/contracts'
import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { findLead } from '../leads/leads.queries.ts'
import type { Meeting } from '../meetings/meeting.schema.ts'
import { findMeeting, findMeetings } from '../meetings/meetings.queries.ts'
import { findTimeline } from '../timeline/timeline.queries.ts'
import { meddicStand } from './meddic-stand.ts'
import type { PanelMeeting } from './panel.schema.ts'

/** More meetings than anybody has in a day. */
const MEETINGS_OF_A_DAY = 200
/** More notes than anybody takes in a meeting. */
const SHOWN_NOTES = 200
const HELD = [MeetingHeld.type, MeetingReportUpdated.type]

/** The meeting that goes on under an id of the platform; null where nothing told which it is. */
export async function findRunningMeeting(db: ReadDatabase, uuid: string): Promise<string | null> {
  const row = await db
    .selectFrom('gateway.meeting_instances')
    .select('id')
    .where(sql<boolean>`uuids @> array[${uuid}]::text[]`)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : ((await findMeeting(db, row.id))?.id ?? null)
}

/** The meetings that somebody hosts between two times, the first first. */
export async function findHostedMeetings(
  db: ReadDatabase,
  email: string,
  range: { readonly from: string; readonly to: string }
): Promise<Meeting[]> {
  const filter = { leadId: undefined, status: undefined, hostEmail: email, ...range }
  const { data } = await findMeetings(db, filter, 'startsAt', { limit: MEETINGS_OF_A_DAY, cursor: undefined })
  // A booking of before may have had another host.
  return data.filter(({ host, status }) => host.email?.trim().toLowerCase() === email && status !== 'canceled')
}

/** What the panel shows of a meeting; null for one that is not there for whoever reads. */
export async function findPanelMeeting(db: ReadDatabase, id: string): Promise<PanelMeeting | null> {
  const meeting = await findMeeting(db, id)
  if (meeting === null) return null
  const { bookings: _b, sessions: _s, mergedMeetingIds, transcriptQuality: _t, qualification: _q, ...shown } = meeting
  const ids = [meeting.id, ...mergedMeetingIds]
  const { person_id: personId, sort_at: sortAt } = await rowOf(db, meeting.id)
  const lead = meeting.leadId === null ? null : await findLead(db, meeting.leadId)
  const [ticks, notes, lastMeeting, lastContact] = await Promise.all([
    ticksOf(db, personId, ids),
    notesOf(db, personId, ids),
    lastMeetingOf(db, personId, ids, meeting.startsAt ?? sortAt),
    lead === null ? null : lastContactOf(db, lead.id)
  ])
  return { meeting: shown, lead, lastContact, lastMeeting, meddic: meddicOf(lead?.fields ?? {}, ticks), notes }
}

function meddicOf(...given: Parameters<typeof meddicStand>): PanelMeeting['meddic'] {
  return meddicStand(...given).map((stand) => ({ ...stand, questions: [...stand.questions] }))
}

function rowOf(db: ReadDatabase, meetingId: string) {
  return db
    .selectFrom('gateway.meetings')
    .select(['person_id', 'sort_at'])
    .where('id', '=', meetingId)
    .executeTakeFirstOrThrow()
}

/** Of this meeting, and of others with the same person. */
async function ticksOf(db: ReadDatabase, personId: string, meetingIds: readonly string[]) {
  const rows = await db
    .selectFrom('gateway.discovery_questions')
    .select(['id', 'asked'])
    .where('person_id', '=', personId)
    .orderBy('sequence')
    .execute()
  const merged = (here: boolean): Record<string, string> =>
    Object.assign({}, ...rows.filter(({ id }) => meetingIds.includes(id) === here).map(({ asked }) => asked)) as Record<
      string,
      string
    >
  return { here: merged(true), before: merged(false) }
}

async function notesOf(
  db: ReadDatabase,
  personId: string,
  meetingIds: readonly string[]
): Promise<PanelMeeting['notes']> {
  const rows = await db
    .selectFrom('gateway.timeline')
    .select(['id', 'detail', 'at'])
    .where('person_id', '=', personId)
    .where('type', '=', MeetingNoteTaken.type)
    .where('meeting_id', 'in', meetingIds)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(SHOWN_NOTES)
    .execute()
  return rows.map(({ id, detail, at }) => ({ id, text: detail ?? '', takenAt: at }))
}

/** The last meeting that had taken place when this one was to begin, with what the notetaker says of it. */
async function lastMeetingOf(
  db: ReadDatabase,
  personId: string,
  meetingIds: readonly string[],
  startsAt: string
): Promise<PanelMeeting['lastMeeting']> {
  const row = await db
    .selectFrom('gateway.timeline')
    .select(['title', 'detail', 'at'])
    .where('person_id', '=', personId)
    .where('type', 'in', HELD)
    .where('meeting_id', 'not in', meetingIds)
    .where('at', '<=', startsAt)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : { title: row.title, summary: row.detail, endedAt: row.at }
}

/** When somebody last met, called or wrote. */
async function lastContactOf(db: ReadDatabase, leadId: string): Promise<PanelMeeting['lastContact']> {
  const newest = async (kind: 'call' | 'sms') => {
    const page = await findTimeline(db, leadId, { kind }, '-at', { limit: 1, cursor: undefined })
    const [entry] = page?.data ?? []
    return entry === undefined ? [] : [{ at: entry.at, kind, title: entry.title }]
  }
  const held = await db
    .selectFrom('gateway.timeline')
    .select(['at', 'title'])
    .where('person_id', '=', leadId)
    .where('type', 'in', HELD)
    .orderBy('at', 'desc')
    .limit(1)
    .execute()
  const contacts = [
    ...held.map(({ at, title }) => ({ at, kind: 'meeting' as const, title })),
    ...(await newest('call')),
    ...(await newest('sms'))
  ]
  return contacts.sort((a, b) => Date.parse(b.at) - Date.parse(a.at))[0] ?? null
}
