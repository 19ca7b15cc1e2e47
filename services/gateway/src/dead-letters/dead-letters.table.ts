import { OneOf } from '@leadlog/contracts'
import { column, type RowOfColumns } from '@leadlog/projections'
import type { Static } from '@sinclair/typebox'

/** `open` waits for an operator; `resolved` went through at a retry; `discarded` is not to be handled. */
export const DEAD_LETTER_STATES = ['open', 'resolved', 'discarded'] as const
export const DeadLetterState = OneOf(...DEAD_LETTER_STATES)
export type DeadLetterState = Static<typeof DeadLetterState>

/** How the newest retry failed. */
export interface LastRetry {
  readonly at: string
  readonly by: string
  readonly code: string
  readonly message: string
  readonly fingerprint: string
}

/** One row per message that a handler gave up on. */
export const deadLetterColumns = {
  id: column.text({ primaryKey: true }),
  sequence: column.bigint(),
  at: column.timestamptz(),
  state: column.text<DeadLetterState>(),
  service: column.text(),
  handler: column.text(),
  reason: column.text(),
  code: column.text(),
  message: column.text(),
  fingerprint: column.text(),
  attempts: column.integer(),
  message_stream: column.text(),
  message_sequence: column.bigint(),
  event_id: column.text({ nullable: true }),
  event_type: column.text({ nullable: true }),
  event_subject: column.text({ nullable: true }),
  correlation_id: column.text({ index: true }),
  /** Of the newest act of an operator. */
  act_sequence: column.bigint(),
  retries: column.integer(),
  last_retry: column.jsonb<LastRetry>({ nullable: true }),
  closed_at: column.timestamptz({ nullable: true }),
  closed_by: column.text({ nullable: true }),
  discard_reason: column.text({ nullable: true })
}

export type DeadLetterRow = RowOfColumns<typeof deadLetterColumns>
