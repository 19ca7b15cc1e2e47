import { DeadLettered } from '@leadlog/contracts'
import { column, defineProjection, type RowOf } from '@leadlog/projections'

/** Messages that a handler gave up on; they wait for an operator. */
export const deadLetters = defineProjection({
  name: 'gateway-dead-letters',
  version: 1,
  table: 'gateway.dead_letters',
  columns: {
    id: column.text({ primaryKey: true }),
    sequence: column.bigint(),
    at: column.timestamptz(),
    state: column.text<'open'>(),
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
    correlation_id: column.text({ index: true })
  },
  indexes: [{ on: 'at desc, id desc' }, { on: 'fingerprint, at desc, id desc' }],
  on: [DeadLettered],
  key: (event) => event.id,
  evolve: {
    [DeadLettered.type]: (_row, event, id) => ({
      id,
      sequence: event.sequence,
      at: event.time,
      state: 'open',
      service: event.data.service,
      handler: event.data.handler,
      reason: event.data.reason,
      code: event.data.code,
      message: event.data.message,
      fingerprint: event.data.fingerprint,
      attempts: event.data.attempt,
      message_stream: event.data.stream,
      message_sequence: event.data.sequence,
      event_id: event.data.eventId,
      event_type: event.data.eventType,
      event_subject: event.data.subject,
      correlation_id: event.correlationid
    })
  }
})

export type DeadLetterRow = RowOf<typeof deadLetters>
