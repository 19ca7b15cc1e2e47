import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { findWritesOfReceivedEvent } from '../crm-writes/crm-writes.queries.ts'
import { findFailuresOfReceivedEvent } from '../dead-letters/dead-letters.queries.ts'
import { onPage, toPage, type Order, type Page, type PageRequest } from '../query/page.ts'
import { receivedEventOf, stepsOf } from './received-event-answer.ts'
import type { ReceivedEvent, ReceivedEventDetail } from './received-event.schema.ts'
import { statusHint, statusOf, writeCounts, type ReceivedEventStatus } from './status.ts'

export interface ReceivedEventFilter {
  readonly provider: string | undefined
  readonly eventType: string | undefined
  readonly status: readonly ReceivedEventStatus[] | undefined
  readonly idempotencyKey: string | undefined
  readonly leadId: string | undefined
  readonly from: string | undefined
  readonly to: string | undefined
}

/** Received events with their status, the counts of their CRM writes, and the lead they concern. */
function receivedEvents(db: ReadDatabase) {
  return db
    .selectFrom('gateway.received_events as r')
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom('gateway.crm_writes as c')
          .select([
            writeCounts.open.as('open'),
            writeCounts.refused.as('refused'),
            writeCounts.last_settled_at.as('last_settled_at')
          ])
          .whereRef('c.correlation_id', '=', 'r.id')
          .as('w'),
      (join) => join.onTrue()
    )
    .leftJoin('gateway.leads as l', (join) => join.onRef('l.id', '=', 'r.person_id').on('l.captured', '=', true))
    .where('r.received_at', 'is not', null)
    .selectAll('r')
    .select(['w.open', 'w.last_settled_at', 'l.id as lead_id', 'l.name as lead_name', 'l.email as lead_email'])
    .select(statusOf.as('status'))
    .select((row) => row.ref('r.received_at').$notNull().as('sort_value'))
}

/** A page of received events. */
export async function findReceivedEvents(
  db: ReadDatabase,
  filter: ReceivedEventFilter,
  sort: '-receivedAt' | 'receivedAt',
  page: PageRequest
): Promise<Page<ReceivedEvent>> {
  const order: Order = { sort, column: sql.ref('r.received_at'), type: 'time', id: 'r.id' }
  let query = receivedEvents(db)
  if (filter.provider !== undefined) query = query.where('r.provider', '=', filter.provider)
  if (filter.eventType !== undefined) query = query.where('r.event_type', '=', filter.eventType)
  if (filter.idempotencyKey !== undefined) query = query.where('r.idempotency_key', '=', filter.idempotencyKey)
  if (filter.leadId !== undefined) query = query.where('r.person_id', '=', filter.leadId)
  if (filter.from !== undefined) query = query.where('r.received_at', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('r.received_at', '<', filter.to)
  if (filter.status !== undefined) {
    const hints = filter.status.map(statusHint)
    query = query.where(statusOf, 'in', filter.status)
    const known = hints.filter((hint) => hint !== null)
    if (known.length === hints.length) query = query.where((row) => row.or(known))
  }
  const rows = await onPage(query, order, page).execute()
  return toPage(rows, order, page.limit, receivedEventOf)
}

/** One received event with every step, failure and CRM write; null for an unknown id. */
export async function findReceivedEvent(db: ReadDatabase, id: string): Promise<ReceivedEventDetail | null> {
  const row = await receivedEvents(db).where('r.id', '=', id).executeTakeFirst()
  if (!row) return null
  const crmWrites = await findWritesOfReceivedEvent(db, id)
  const failures = await findFailuresOfReceivedEvent(db, id)
  return {
    ...receivedEventOf(row),
    verifiedBy: row.verified_by ?? '',
    ignoredDetail: row.ignored_detail,
    steps: stepsOf(row, crmWrites),
    failedAttemptLog: failures.failedAttempts,
    deadLetters: failures.deadLetters,
    crmWrites
  }
}
