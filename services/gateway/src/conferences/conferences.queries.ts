import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { onPage, toPage, type Order, type Page, type PageRequest } from '../query/page.ts'
import type { ConferenceAnswer } from './conference.schema.ts'
import type { ConferenceRow } from './conferences.projection.ts'

export interface ConferenceFilter {
  readonly ended: 'true' | 'false' | undefined
  /** The id of a call. */
  readonly callId: string | undefined
}

/** A page of conferences, by when they were opened. */
export async function findConferences(
  db: ReadDatabase,
  { ended, callId }: ConferenceFilter,
  sort: '-openedAt' | 'openedAt',
  page: PageRequest
): Promise<Page<ConferenceAnswer>> {
  const order: Order = { sort, column: sql.ref('f.opened_at'), type: 'time', id: 'f.id' }
  let query = db.selectFrom('gateway.conferences as f').selectAll('f').select('f.opened_at as sort_value')
  if (ended !== undefined) query = query.where('f.ended', '=', ended === 'true')
  if (callId !== undefined) query = query.where(sql<boolean>`f.call_ids @> array[${callId}]::text[]`)
  return toPage(await onPage(query, order, page).execute(), order, page.limit, conferenceOf)
}

/** One conference; null for an unknown id. */
export async function findConference(db: ReadDatabase, id: string): Promise<ConferenceAnswer | null> {
  const row = await db.selectFrom('gateway.conferences').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? conferenceOf(row) : null
}

function conferenceOf(row: ConferenceRow): ConferenceAnswer {
  return {
    id: row.id,
    name: row.name,
    conferenceSid: row.conference_sid,
    transferOf: row.transfer_of,
    state: stateOf(row),
    participants: Object.entries(row.participants).map(([callId, { callSid, present, muted, hold }]) => ({
      callId,
      callSid,
      // Whoever was never said to have left may be in it.
      present: !row.ended && (present.value || present.at < 0),
      muted: muted.value,
      hold: hold.value
    })),
    dialIds: [...row.dial_ids],
    openedAt: row.opened_at,
    changedAt: row.changed_at
  }
}

function stateOf({ ended, end_requested, conference_sid }: ConferenceRow): ConferenceAnswer['state'] {
  if (ended) return 'ended'
  if (end_requested) return 'ending'
  return conference_sid === null ? 'waiting' : 'open'
}
