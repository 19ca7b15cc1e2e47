import type { RecordedEvent } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import { eventIndex, openReadDatabase, type EventIndexRow, type ReadDatabase } from '@leadlog/gateway/read-models'
import type { Context } from '../context.ts'
import { explainError } from '../explain-error.ts'
import { EVENT_STREAMS } from './event-filter.ts'
import { streamRange } from './sequence-at.ts'

/** Which events: those that fit every given condition; within a list any will do. */
export interface EventQuery {
  readonly ids?: readonly string[]
  readonly correlationIds?: readonly string[]
  readonly causationIds?: readonly string[]
  readonly subjects?: readonly string[]
  readonly personIds?: readonly string[]
  readonly types?: readonly string[]
  /** ISO 8601, included. */
  readonly from?: string
  /** ISO 8601, excluded. */
  readonly to?: string
}

/**
 * Finds events in the gateway's index, and in the log itself where the index does not reach: behind its checkpoint, or
 * everywhere when Postgres is away. So the answer is whole whatever runs.
 */
export interface EventFinder {
  /** Oldest first; at most `limit` of the newest where `newest` is asked for, else of the oldest. */
  readonly find: (query: EventQuery, limit: number, order?: 'oldest' | 'newest') => Promise<EventIndexRow[]>
  /** The read models; null when they cannot be asked. */
  readonly db: ReadDatabase | null
}

const SCAN_EVENTS = 2_000
const SCAN_WAIT_MS = 20

export async function createEventFinder(context: Context): Promise<EventFinder> {
  const log = await context.connect.sealedLog()
  const index = await openIndex(context)
  const rest = await readRest(context, log, index?.through ?? {})
  return {
    db: index?.db ?? null,
    async find(query, limit, order = 'oldest') {
      const stored = index ? await findStored(index.db, query, limit, order) : []
      const known = new Set(stored.map(({ id }) => id))
      const added = rest.filter((row) => !known.has(row.id) && fits(row, query))
      const all = [...stored, ...added].sort(byTime)
      return order === 'newest' ? all.slice(-limit) : all.slice(0, limit)
    }
  }
}

interface Index {
  readonly db: ReadDatabase
  /** Up to where the index has the stream. */
  readonly through: Readonly<Record<string, number>>
}

async function openIndex({ connect, out }: Context): Promise<Index | null> {
  const { databaseUrl } = await connect.config()
  if (databaseUrl === undefined) return null
  try {
    const pool = await connect.pool()
    const { rows } = await pool.query<{ stream: string; seq: string }>(
      `select stream, seq::text from projections.checkpoints where projection = $1 and slot = 'live'`,
      [eventIndex.name]
    )
    const reads = openReadDatabase({ url: databaseUrl, logger: await connect.logger() })
    connect.onClose(() => reads.close())
    return { db: reads.db, through: Object.fromEntries(rows.map(({ stream, seq }) => [stream, Number(seq)])) }
  } catch (error) {
    out.note(`The read models cannot be asked (${explainError(error).message}); the whole log is read instead`)
    return null
  }
}

/** What the index does not have, by reading the log. */
async function readRest(
  context: Context,
  log: EventLog,
  through: Readonly<Record<string, number>>
): Promise<EventIndexRow[]> {
  const ranges = await Promise.all(
    EVENT_STREAMS.map(async (stream) => {
      const { first, last } = await streamRange(log, stream)
      return { stream, from: Math.max(first, (through[stream] ?? 0) + 1), last }
    })
  )
  const total = ranges.reduce((sum, { from, last }) => sum + Math.max(0, last - from + 1), 0)
  const progress = context.progress('events')
  const rows: EventIndexRow[] = []
  let before = 0
  for (const { stream, from, last } of ranges) {
    if (from > last) continue
    const request = { stream, fromSequence: from, untilSequence: last, maxEvents: SCAN_EVENTS, maxWaitMs: SCAN_WAIT_MS }
    for await (const { events, throughSequence } of log.batches({ ...request, signal: context.signal })) {
      for (const event of events) rows.push(...rowOf(event))
      progress.update({ done: before + throughSequence - from + 1, total, label: `reading ${stream}` })
    }
    context.signal.throwIfAborted()
    before += last - from + 1
  }
  progress.stop()
  return rows
}

function rowOf(event: RecordedEvent): EventIndexRow[] {
  const row = eventIndex.key(event).length === 0 ? null : eventIndex.evolve(null, event, event.id)
  return row === null ? [] : [row]
}

async function findStored(
  db: ReadDatabase,
  query: EventQuery,
  limit: number,
  order: 'oldest' | 'newest'
): Promise<EventIndexRow[]> {
  let rows = db.selectFrom('gateway.event_index').selectAll()
  if (query.ids) rows = rows.where('id', 'in', oneOrMore(query.ids))
  if (query.correlationIds) rows = rows.where('correlation_id', 'in', oneOrMore(query.correlationIds))
  if (query.causationIds) rows = rows.where('causation_id', 'in', oneOrMore(query.causationIds))
  if (query.subjects) rows = rows.where('subject', 'in', oneOrMore(query.subjects))
  if (query.personIds) rows = rows.where('person_id', 'in', oneOrMore(query.personIds))
  if (query.types) rows = rows.where('type', 'in', oneOrMore(query.types))
  if (query.from !== undefined) rows = rows.where('time', '>=', query.from)
  if (query.to !== undefined) rows = rows.where('time', '<', query.to)
  const direction = order === 'oldest' ? 'asc' : 'desc'
  return rows.orderBy('time', direction).orderBy('id', direction).limit(limit).execute()
}

/** An empty list finds nothing; Postgres does not take one. */
function oneOrMore(values: readonly string[]): string[] {
  return values.length === 0 ? [''] : [...values]
}

function fits(row: EventIndexRow, query: EventQuery): boolean {
  const within = (values: readonly string[] | undefined, value: string | null): boolean =>
    values === undefined || (value !== null && values.includes(value))
  return (
    within(query.ids, row.id) &&
    within(query.correlationIds, row.correlation_id) &&
    within(query.causationIds, row.causation_id) &&
    within(query.subjects, row.subject) &&
    within(query.personIds, row.person_id) &&
    within(query.types, row.type) &&
    (query.from === undefined || Date.parse(row.time) >= Date.parse(query.from)) &&
    (query.to === undefined || Date.parse(row.time) < Date.parse(query.to))
  )
}

function byTime(a: EventIndexRow, b: EventIndexRow): number {
  return Date.parse(a.time) - Date.parse(b.time) || a.sequence - b.sequence || a.id.localeCompare(b.id)
}
