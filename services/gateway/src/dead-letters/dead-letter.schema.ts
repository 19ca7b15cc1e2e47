import { Nullable, OneOf, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import { DeadLetterState, type DeadLetterRow } from './dead-letters.table.ts'
import { FailedAttempt } from './failed-attempt.schema.ts'
import { OpenedPayload } from '../events/event.schema.ts'

const deadLetterFields = {
  id: Type.String(),
  at: Timestamp,
  state: DeadLetterState,
  deadLetterSequence: Type.Integer({ description: 'its place in DEAD_LETTERS, which commands about it ask for' }),
  closedAt: Nullable(Timestamp),
  closedBy: Nullable(Type.String({ description: 'who resolved or discarded it' })),
  discardReason: Nullable(Type.String()),
  retries: Type.Integer({ description: 'how often it was tried again by an operator' }),
  lastRetry: Nullable(
    Type.Object(
      { at: Timestamp, by: Type.String(), code: Type.String(), message: Type.String(), fingerprint: Type.String() },
      { description: 'how the newest retry failed' }
    )
  ),
  service: Type.String(),
  handler: Type.String(),
  reason: Type.String({ description: 'permanent, attempts-exhausted or unreadable' }),
  code: Type.String(),
  message: Type.String(),
  fingerprint: Type.String({ description: 'the same for failures of one kind' }),
  attempts: Type.Integer(),
  stream: Type.String({ description: 'where the message stands' }),
  sequence: Type.Integer(),
  eventId: Nullable(Type.String()),
  eventType: Nullable(Type.String()),
  subject: Nullable(Type.String()),
  receivedEventId: Type.String(),
  lead: Nullable(Type.Object({ id: Type.String(), name: Nullable(Type.String()), email: Type.String() })),
  meetingId: Nullable(Type.String())
}

/** A message that a handler gave up on. */
export const DeadLetter = Type.Object(deadLetterFields)
export type DeadLetter = Static<typeof DeadLetter>

const detailFields = { ...deadLetterFields, failedAttemptLog: Type.Array(FailedAttempt) }

/** A dead letter with the attempts before it. */
export type DeadLetterDetail = DeadLetter & { failedAttemptLog: FailedAttempt[] }

/** A dead letter with the attempts before it and the message that it is about. */
export const DeadLetterWithPayload = Type.Object({
  ...detailFields,
  payload: Nullable(OpenedPayload),
  /** Why there is no payload: past its retention, broken, or the log is away. */
  payloadMissing: Nullable(OneOf('gone', 'unreadable', 'unavailable'))
})
export type DeadLetterWithPayload = Static<typeof DeadLetterWithPayload>

/** What a query adds to a dead letter: whom it concerns. */
export interface DeadLetterSubject {
  readonly lead_id: string | null
  readonly lead_name: string | null
  readonly lead_email: string | null
  readonly meeting_id: string | null
}

export function deadLetterOf(row: DeadLetterRow & DeadLetterSubject): DeadLetter {
  return {
    id: row.id,
    at: row.at,
    state: row.state,
    deadLetterSequence: row.sequence,
    closedAt: row.closed_at,
    closedBy: row.closed_by,
    discardReason: row.discard_reason,
    retries: row.retries,
    lastRetry: row.last_retry,
    service: row.service,
    handler: row.handler,
    reason: row.reason,
    code: row.code,
    message: row.message,
    fingerprint: row.fingerprint,
    attempts: row.attempts,
    stream: row.message_stream,
    sequence: row.message_sequence,
    eventId: row.event_id,
    eventType: row.event_type,
    subject: row.event_subject,
    receivedEventId: row.correlation_id,
    lead: row.lead_id === null ? null : { id: row.lead_id, name: row.lead_name, email: row.lead_email ?? '' },
    meetingId: row.meeting_id
  }
}
