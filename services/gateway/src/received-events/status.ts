import { OneOf } from '@leadlog/contracts'
import type { Static } from '@sinclair/typebox'
import { sql, type RawBuilder } from 'kysely'

/** How far a received event got, as operators see it. */
export const RECEIVED_EVENT_STATUSES = ['queued', 'processing', 'processed', 'ignored', 'failed'] as const
export const ReceivedEventStatus = OneOf(...RECEIVED_EVENT_STATUSES)
export type ReceivedEventStatus = Static<typeof ReceivedEventStatus>

/**
 * The status, the one place that decides it. Reads `r`, a row of `received_events`, and `w`, the counts of its CRM
 * writes ({@link writeCounts}). Trouble comes first: what failed anywhere is not done, whatever else succeeded, until a
 * person decides that it need not be.
 */
export const statusOf: RawBuilder<ReceivedEventStatus> = sql<ReceivedEventStatus>`
  case
    when r.open_dead_letters <> '{}' then 'failed'
    when r.discarded_at is not null then 'ignored'
    when coalesce(w.refused, 0) > 0 then 'failed'
    when r.disposition = 'ignored' or r.ignored_at is not null then 'ignored'
    when r.translated_at is null and r.failed_attempts = 0 then 'queued'
    when r.translated_at is null or r.pending_steps > 0 or coalesce(w.open, 0) > 0 then 'processing'
    else 'processed'
  end`

/**
 * A condition that every row of the status meets and that an index answers, so that the rare statuses are found
 * without looking at every row. Null for the status that most rows have.
 */
export function statusHint(status: ReceivedEventStatus): RawBuilder<boolean> | null {
  switch (status) {
    case 'failed':
      return sql<boolean>`(r.open_dead_letters <> '{}' or r.id in (
        select correlation_id from gateway.crm_writes where state = 'refused'))`
    case 'queued':
      return sql<boolean>`r.translated_at is null`
    case 'processing':
      return sql<boolean>`(r.translated_at is null or r.pending_steps > 0 or r.id in (
        select correlation_id from gateway.crm_writes where settled_at is null))`
    case 'ignored':
      return sql<boolean>`(r.disposition = 'ignored' or r.ignored_at is not null or r.discarded_at is not null)`
    case 'processed':
      return null
  }
}

/** What the writes and notes of one received event amount to; the aggregate of `gateway.crm_writes c`. */
export const writeCounts = {
  total: sql<number>`count(*)::int`,
  open: sql<number>`(count(*) filter (where c.settled_at is null))::int`,
  refused: sql<number>`(count(*) filter (where c.state = 'refused'))::int`,
  simulated: sql<number>`(count(*) filter (where c.state = 'simulated'))::int`,
  last_settled_at: sql<string | null>`max(c.settled_at)`
}
