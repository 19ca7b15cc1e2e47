import { AttemptFailed } from '@leadlog/contracts'
import { column, defineProjection, type RowOf } from '@leadlog/projections'

/** Attempts that failed and were, or will be, made again. */
export const failedAttempts = defineProjection({
  name: 'gateway-failed-attempts',
  version: 1,
  table: 'gateway.failed_attempts',
  columns: {
    id: column.text({ primaryKey: true }),
    at: column.timestamptz(),
    service: column.text(),
    handler: column.text(),
    attempt: column.integer(),
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
  on: [AttemptFailed],
  key: (event) => event.id,
  evolve: {
    [AttemptFailed.type]: (_row, event, id) => ({
      id,
      at: event.time,
      service: event.data.service,
      handler: event.data.handler,
      attempt: event.data.attempt,
      code: event.data.code,
      message: event.data.message,
      next_attempt_at: event.data.nextAttemptAt,
      message_stream: event.data.stream,
      message_sequence: event.data.sequence,
      event_id: event.data.eventId,
      event_type: event.data.eventType,
      correlation_id: event.correlationid
    })
  }
})

export type FailedAttemptRow = RowOf<typeof failedAttempts>
