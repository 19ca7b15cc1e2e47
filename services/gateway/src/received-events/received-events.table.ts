import { column, type RowOfColumns } from '@leadlog/projections'
import type { Steps } from './steps.ts'

export const RECEIVED_EVENTS_TABLE = 'gateway.received_events'

/** What went wrong last on the way of a webhook. */
export interface LastError {
  readonly at: string
  readonly service: string
  readonly handler: string
  readonly attempt: number
  readonly code: string
  readonly message: string
}

/**
 * One row per webhook; its id is the correlation id of all that follows from it. Each group of columns is written by
 * the events of one stream only, so that the streams may be folded in any interleaving.
 */
export const receivedEventColumns = {
  id: column.text({ primaryKey: true }),

  // INGEST
  provider: column.text({ nullable: true }),
  event_type: column.text({ nullable: true }),
  external_id: column.text({ nullable: true }),
  idempotency_key: column.text({ nullable: true, index: true }),
  received_at: column.timestamptz({ nullable: true }),
  size: column.integer({ nullable: true }),
  verified_by: column.text({ nullable: true }),
  disposition: column.text<'accepted' | 'ignored'>({ nullable: true }),
  disposition_reason: column.text({ nullable: true }),
  /** Of the newest message of INGEST that this tells of; 0 for none. */
  received_sequence: column.bigint(),

  // EVENTS
  translated_at: column.timestamptz({ nullable: true }),
  last_activity_at: column.timestamptz({ nullable: true }),
  person_id: column.text({ nullable: true, index: true }),
  meeting_id: column.text({ nullable: true }),
  steps: column.jsonb<Steps>(),
  pending_steps: column.integer(),
  last_step_at: column.timestamptz({ nullable: true }),
  enriched_at: column.timestamptz({ nullable: true }),
  ignored_at: column.timestamptz({ nullable: true }),
  ignored_reason: column.text({ nullable: true }),
  ignored_detail: column.text({ nullable: true }),

  // DEAD_LETTERS
  failures_sequence: column.bigint(),
  failed_attempts: column.integer(),
  highest_failed_attempt: column.integer(),
  next_attempt_at: column.timestamptz({ nullable: true }),
  open_dead_letters: column.textArray(),
  failed_at: column.timestamptz({ nullable: true }),
  /** An operator decided that it is not to be handled. */
  discarded_at: column.timestamptz({ nullable: true }),
  discarded_reason: column.text({ nullable: true }),
  last_error: column.jsonb<LastError>({ nullable: true })
}

export type ReceivedEventRow = RowOfColumns<typeof receivedEventColumns>
