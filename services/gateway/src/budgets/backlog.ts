import type { Lane } from '@leadlog/contracts'
import type { AccountState, Backlog } from '@leadlog/outbound/forecast'
import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'

/** Records that a CRM counts as one call: a long line fills its calls. Zoho counts a credit for ten of a call's hundred. */
const RECORDS_PER_CALL: Readonly<Record<string, number>> = { zoho: 10, hubspot: 100 }

const MODEL_VENDORS: readonly string[] = ['gemini', 'openai']
/** The handlers of EVENTS that ask a model, at most once a message. */
const MODEL_HANDLERS = ['read-bookings', 'read-transcripts'] as const

/** How many messages of EVENTS a handler has not finished with; 0 for one that never ran. */
export type HandlerBacklog = (service: string, handler: string) => Promise<number>

/**
 * The work in the log that will become calls: writes and notes that are queued for a CRM, and what waits for the readers
 * of bookings and transcripts. Queued writes are known exactly, in calls as a long line makes them; what waits for a
 * reader is the most that it can become, since not every message asks the model.
 */
export async function readBacklog(
  parts: { readonly queued: Promise<Backlog[]>; readonly handlerBacklog: HandlerBacklog },
  states: readonly AccountState[]
): Promise<Backlog[]> {
  const [queued, readers] = await Promise.all([
    parts.queued,
    Promise.all(MODEL_HANDLERS.map((handler) => parts.handlerBacklog('enrichment', handler)))
  ])
  const [model] = states
    .filter(({ vendor }) => MODEL_VENDORS.includes(vendor))
    .sort((a, b) => b.announcedAt - a.announcedAt)
  const calls = readers.reduce((sum, count) => sum + count, 0)
  return [...queued, ...(model ? [{ vendor: model.vendor, lane: 'live' as const, calls }] : [])]
}

/** The calls that the writes and notes queued for a CRM will be. */
export async function findQueuedCalls(db: ReadDatabase): Promise<Backlog[]> {
  const rows = await db
    .selectFrom('gateway.crm_writes')
    .select(['provider', 'kind', 'lane', sql<string>`count(*)`.as('queued')])
    .where('state', '=', 'queued')
    .groupBy(['provider', 'kind', 'lane'])
    .execute()
  return rows.map(({ provider, kind, lane, queued }) => ({
    vendor: provider,
    lane: (lane ?? 'live') as Lane,
    calls: Math.ceil(Number(queued) / (kind === 'record' ? (RECORDS_PER_CALL[provider] ?? 1) : 1))
  }))
}
