import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { onPage, toPage, type Order, type Page, type PageRequest } from '../query/page.ts'
import { deadLetterOf, type DeadLetter, type DeadLetterDetail } from './dead-letter.schema.ts'
import type { DeadLetterState } from './dead-letters.table.ts'
import { failedAttemptOf, type FailedAttempt } from './failed-attempt.schema.ts'

export interface DeadLetterFilter {
  readonly state: DeadLetterState | undefined
  readonly service: string | undefined
  readonly handler: string | undefined
  readonly code: string | undefined
  readonly fingerprint: string | undefined
  readonly receivedEventId: string | undefined
}

/** Dead letters with the lead and meeting of the received event that led to them. */
function deadLetters(db: ReadDatabase) {
  return db
    .selectFrom('gateway.dead_letters as d')
    .leftJoin('gateway.received_events as r', 'r.id', 'd.correlation_id')
    .leftJoin('gateway.leads as l', (join) => join.onRef('l.id', '=', 'r.person_id').on('l.captured', '=', true))
    .selectAll('d')
    .select(['l.id as lead_id', 'l.name as lead_name', 'l.email as lead_email', 'r.meeting_id as meeting_id'])
    .select('d.at as sort_value')
}

/** A page of dead letters. */
export async function findDeadLetters(
  db: ReadDatabase,
  filter: DeadLetterFilter,
  sort: '-at' | 'at',
  page: PageRequest
): Promise<Page<DeadLetter>> {
  const order: Order = { sort, column: sql.ref('d.at'), type: 'time', id: 'd.id' }
  let query = deadLetters(db)
  if (filter.state !== undefined) query = query.where('d.state', '=', filter.state)
  if (filter.service !== undefined) query = query.where('d.service', '=', filter.service)
  if (filter.handler !== undefined) query = query.where('d.handler', '=', filter.handler)
  if (filter.code !== undefined) query = query.where('d.code', '=', filter.code)
  if (filter.fingerprint !== undefined) query = query.where('d.fingerprint', '=', filter.fingerprint)
  if (filter.receivedEventId !== undefined) query = query.where('d.correlation_id', '=', filter.receivedEventId)
  const rows = await onPage(query, order, page).execute()
  return toPage(rows, order, page.limit, deadLetterOf)
}

/** One dead letter with the attempts before it; null for an unknown id. */
export async function findDeadLetter(db: ReadDatabase, id: string): Promise<DeadLetterDetail | null> {
  const row = await deadLetters(db).where('d.id', '=', id).executeTakeFirst()
  if (!row) return null
  const attempts = await db
    .selectFrom('gateway.failed_attempts')
    .selectAll()
    .where('message_stream', '=', row.message_stream)
    .where('message_sequence', '=', row.message_sequence)
    .where('service', '=', row.service)
    .where('handler', '=', row.handler)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return { ...deadLetterOf(row), failedAttemptLog: attempts.map(failedAttemptOf) }
}

/** The dead letters and failed attempts on the way of one received event, oldest first. */
export async function findFailuresOfReceivedEvent(
  db: ReadDatabase,
  receivedEventId: string
): Promise<{ deadLetters: DeadLetter[]; failedAttempts: FailedAttempt[] }> {
  // One after the other: a read has one connection.
  const letters = await deadLetters(db)
    .where('d.correlation_id', '=', receivedEventId)
    .orderBy(sql`d.at, d.id`)
    .execute()
  const attempts = await db
    .selectFrom('gateway.failed_attempts')
    .selectAll()
    .where('correlation_id', '=', receivedEventId)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return { deadLetters: letters.map(deadLetterOf), failedAttempts: attempts.map(failedAttemptOf) }
}

/** How many dead letters of each handler wait for a person. */
export async function countOpenDeadLetters(
  db: ReadDatabase
): Promise<{ service: string; handler: string; count: number }[]> {
  return db
    .selectFrom('gateway.dead_letters')
    .where('state', '=', 'open')
    .select(['service', 'handler', sql<number>`count(*)::integer`.as('count')])
    .groupBy(['service', 'handler'])
    .execute()
}
