import { AttemptDeferred, AttemptFailed, type EventOf } from '@leadlog/contracts'
import { column, defineProjection, type RowOf } from '@leadlog/projections'
import { allReadersOnly } from '../database/row-policies.ts'

/** Attempts that failed and were, or will be, made again; and what messages waited for. */
export const failedAttempts = defineProjection({
  name: 'gateway-failed-attempts',
  version: 4,
  table: 'gateway.failed_attempts',
  columns: {
    id: column.text({ primaryKey: true }),
    sequence: column.bigint(),
    at: column.timestamptz(),
    service: column.text(),
    handler: column.text(),
    attempt: column.integer(),
    deferred: column.boolean(),
    code: column.text(),
    message: column.text(),
    next_attempt_at: column.timestamptz(),
    message_stream: column.text(),
    message_sequence: column.bigint(),
    event_id: column.text({ nullable: true }),
    event_type: column.text({ nullable: true }),
    correlation_id: column.text({ index: true })
  },
  indexes: [{ on: 'message_stream, message_sequence, service, handler' }],
  on: [AttemptFailed, AttemptDeferred],
  key: (event) => event.id,
  expires: { DEAD_LETTERS: { where: 'sequence < $1', rest: () => null } },
  evolve: {
    [AttemptFailed.type]: (_row, event, id) => attemptRow(event, id, false),
    [AttemptDeferred.type]: (_row, event, id) => attemptRow(event, id, true)
  },
  setup: allReadersOnly
})

function attemptRow(
  event: EventOf<typeof AttemptFailed> | EventOf<typeof AttemptDeferred>,
  id: string,
  deferred: boolean
) {
  const { data } = event
  return {
    id,
    sequence: event.sequence,
    at: event.time,
    service: data.service,
    handler: data.handler,
    attempt: data.attempt,
    deferred,
    code: data.code,
    message: data.message,
    next_attempt_at: data.nextAttemptAt,
    message_stream: data.stream,
    message_sequence: data.sequence,
    event_id: data.eventId,
    event_type: data.eventType,
    correlation_id: event.correlationid
  }
}

export type FailedAttemptRow = RowOf<typeof failedAttempts>
