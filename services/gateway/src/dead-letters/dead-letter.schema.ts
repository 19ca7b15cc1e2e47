import { Nullable, OneOf, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import type { DeadLetterRow } from './dead-letters.projection.ts'
import { FailedAttempt } from './failed-attempt.schema.ts'

const deadLetterFields = {
  id: Type.String(),
  at: Timestamp,
  state: OneOf('open'),
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

/** A dead letter with the attempts before it. */
export const DeadLetterDetail = Type.Object({ ...deadLetterFields, failedAttemptLog: Type.Array(FailedAttempt) })
export type DeadLetterDetail = Static<typeof DeadLetterDetail>

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
