import { Nullable, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import type { FailedAttemptRow } from './failed-attempts.projection.ts'

/** An attempt that failed and is, or was, made again. */
export const FailedAttempt = Type.Object({
  id: Type.String(),
  at: Timestamp,
  service: Type.String(),
  handler: Type.String(),
  attempt: Type.Integer(),
  deferred: Type.Boolean({ description: 'true: nothing was tried, what it needs is away; no attempt was used up' }),
  code: Type.String(),
  message: Type.String(),
  nextAttemptAt: Timestamp,
  eventId: Nullable(Type.String()),
  eventType: Nullable(Type.String())
})
export type FailedAttempt = Static<typeof FailedAttempt>

export function failedAttemptOf(row: FailedAttemptRow): FailedAttempt {
  return {
    id: row.id,
    at: row.at,
    service: row.service,
    handler: row.handler,
    attempt: row.attempt,
    deferred: row.deferred,
    code: row.code,
    message: row.message,
    nextAttemptAt: row.next_attempt_at,
    eventId: row.event_id,
    eventType: row.event_type
  }
}
