import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { onPage, toPage, type Order, type Page, type PageRequest } from '../query/page.ts'
import type { StoredFact } from '../suppressions/suppressions.projection.ts'
import type { SmsMessageRow } from './sms-messages.projection.ts'
import type { SmsTemplateRow } from './sms-templates.projection.ts'
import type { SmsThreadRow } from './sms-threads.projection.ts'
import type { SmsMessage, SmsTemplate, SmsThread } from './sms.schema.ts'

export interface ThreadFilter {
  readonly leadId: string | undefined
  /** In any spelling: its figures count. */
  readonly number: string | undefined
  readonly ours: string | undefined
}

/** A page of threads, by their last message. */
export async function findThreads(
  db: ReadDatabase,
  filter: ThreadFilter,
  sort: '-lastAt' | 'lastAt',
  page: PageRequest
): Promise<Page<SmsThread>> {
  const order: Order = { sort, column: sql.ref('t.last_at'), type: 'time', id: 't.id' }
  let query = threads(db).select('t.last_at as sort_value')
  if (filter.leadId !== undefined) query = query.where('t.lead_id', '=', filter.leadId)
  if (filter.ours !== undefined) query = query.where('t.ours', '=', filter.ours)
  if (filter.number !== undefined) {
    query = query.where(sql<string>`regexp_replace(t.number, '\\D', '', 'g')`, '=', filter.number.replace(/\D/g, ''))
  }
  const rows = await onPage(query, order, page).execute()
  return toPage(rows, order, page.limit, threadOf)
}

/** One thread; null for an unknown id. */
export async function findThread(db: ReadDatabase, id: string): Promise<SmsThread | null> {
  const row = await threads(db).where('t.id', '=', id).executeTakeFirst()
  return row ? threadOf(row) : null
}

/** A page of a thread's messages. */
export async function findMessages(
  db: ReadDatabase,
  threadId: string,
  sort: '-at' | 'at',
  page: PageRequest
): Promise<Page<SmsMessage>> {
  const order: Order = { sort, column: sql.ref('m.at'), type: 'time', id: 'm.id' }
  const query = db
    .selectFrom('gateway.sms_messages as m')
    .selectAll('m')
    .select('m.at as sort_value')
    .where('m.thread_id', '=', threadId)
  const rows = await onPage(query, order, page).execute()
  return toPage(rows, order, page.limit, messageOf)
}

/** A page of templates, by name. */
export async function findTemplates(
  db: ReadDatabase,
  sort: '-savedAt' | 'savedAt',
  page: PageRequest
): Promise<Page<SmsTemplate>> {
  const order: Order = { sort, column: sql.ref('s.saved_at'), type: 'time', id: 's.id' }
  const query = db.selectFrom('gateway.sms_templates as s').selectAll('s').select('s.saved_at as sort_value')
  const rows = await onPage(query, order, page).execute()
  return toPage(rows, order, page.limit, templateOf)
}

type ListedThread = SmsThreadRow & { readonly waiting: number; readonly facts: readonly StoredFact[] | null }

function threads(db: ReadDatabase) {
  return db
    .selectFrom('gateway.sms_threads as t')
    .leftJoin('gateway.suppressions as s', 's.id', 't.caller_id')
    .selectAll('t')
    .select([
      's.facts as facts',
      sql<number>`(select count(*) from gateway.sms_messages m where m.thread_id = t.id
        and m.status in ('waiting', 'held', 'sending'))::integer`.as('waiting')
    ])
}

function threadOf(row: ListedThread): SmsThread {
  const closed = row.facts?.find(({ channel }) => channel === 'sms')
  return {
    id: row.id,
    leadId: row.lead_id,
    ours: row.ours,
    number: row.number,
    lastMessage:
      row.last_direction === null ? null : { direction: row.last_direction, text: row.last_text, at: row.last_at },
    received: row.received,
    sent: row.requested,
    waiting: row.waiting,
    suppressed: closed ? { suppressionId: row.caller_id, reason: closed.reason, since: closed.at } : null
  }
}

function messageOf(row: SmsMessageRow): SmsMessage {
  return {
    id: row.id,
    threadId: row.thread_id,
    leadId: row.lead_id,
    direction: row.direction,
    status: row.status,
    text: row.text,
    media: [...row.media],
    word: row.word,
    purpose: row.purpose,
    encoding: row.encoding,
    segments: row.segments,
    template: row.template,
    inReplyTo: row.in_reply_to,
    sendAt: row.send_at,
    heldUntil: row.held_until,
    expiresAt: row.expires_at,
    requestedBy: row.requested_by,
    check: row.check,
    messageSid: row.message_sid,
    errorCode: row.report?.errorCode ?? null,
    notSent: row.not_sent,
    at: row.at,
    sentAt: row.sent_at,
    events: [...row.events]
  }
}

function templateOf({ id, name, saved_at: savedAt, versions }: SmsTemplateRow): SmsTemplate {
  return { id, name, savedAt, versions: versions.map((one) => ({ ...one, variables: [...one.variables] })) }
}
