import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { onPage, toPage, type Order, type Page, type PageRequest } from '../query/page.ts'
import type { EventIndexRow } from './event-index.projection.ts'
import { eventOf, type Event } from './event.schema.ts'

export interface EventFilter {
  readonly type: string | undefined
  readonly subject: string | undefined
  readonly correlationId: string | undefined
  readonly from: string | undefined
  readonly to: string | undefined
}

/** A page of events, by the time of their recording. */
export async function findEvents(
  db: ReadDatabase,
  filter: EventFilter,
  sort: '-time' | 'time',
  page: PageRequest
): Promise<Page<Event>> {
  const order: Order = { sort, column: sql.ref('e.time'), type: 'time', id: 'e.id' }
  let query = db.selectFrom('gateway.event_index as e').selectAll('e').select('e.time as sort_value')
  if (filter.type !== undefined) query = query.where('e.type', '=', filter.type)
  if (filter.subject !== undefined) query = query.where('e.subject', '=', filter.subject)
  if (filter.correlationId !== undefined) query = query.where('e.correlation_id', '=', filter.correlationId)
  if (filter.from !== undefined) query = query.where('e.time', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('e.time', '<', filter.to)
  const rows = await onPage(query, order, page).execute()
  return toPage(rows, order, page.limit, eventOf)
}

/** Where an event stands; null for an unknown id. */
export async function findEvent(db: ReadDatabase, id: string): Promise<EventIndexRow | null> {
  const row = await db.selectFrom('gateway.event_index').selectAll().where('id', '=', id).executeTakeFirst()
  return row ?? null
}
