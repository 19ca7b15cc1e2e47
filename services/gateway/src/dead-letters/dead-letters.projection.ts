import {
  DeadLetterDiscarded,
  DeadLettered,
  DeadLetterResolved,
  DeadLetterRetryFailed,
  isEvent,
  type EventOf,
  type RecordedEvent
} from '@leadlog/contracts'
import { defineProjection } from '@leadlog/projections'
import { allReadersOnly } from '../database/row-policies.ts'
import { deadLetterColumns, type DeadLetterRow } from './dead-letters.table.ts'

/** Messages that a handler gave up on, and what operators did about them. */
export const deadLetters = defineProjection({
  name: 'gateway-dead-letters',
  version: 3,
  table: 'gateway.dead_letters',
  columns: deadLetterColumns,
  indexes: [
    { on: 'at desc, id desc' },
    { on: 'fingerprint, at desc, id desc' },
    { on: 'fingerprint', where: "state = 'open'" }
  ],
  on: [DeadLettered, DeadLetterRetryFailed, DeadLetterResolved, DeadLetterDiscarded],
  key: (event: RecordedEvent) =>
    isEvent(event, DeadLettered) ? event.id : (event.data as { deadLetterId: string }).deadLetterId,
  expires: { DEAD_LETTERS: { where: 'sequence < $1', rest: () => null } },
  evolve: {
    [DeadLettered.type]: (row, event, id) => row ?? opened(event, id),
    [DeadLetterRetryFailed.type]: (row, event) =>
      acted(row, event, (before) => {
        const { code, message, fingerprint } = event.data
        const lastRetry = { at: event.time, by: event.actor, code, message, fingerprint }
        return { retries: before.retries + 1, last_retry: lastRetry }
      }),
    [DeadLetterResolved.type]: (row, event) =>
      acted(row, event, (before) => ({ state: 'resolved', retries: before.retries + 1, ...closed(event) })),
    [DeadLetterDiscarded.type]: (row, event) =>
      acted(row, event, () => ({ state: 'discarded', discard_reason: event.data.reason, ...closed(event) }))
  },
  setup: allReadersOnly
})

function opened({ sequence, time, data, correlationid }: EventOf<typeof DeadLettered>, id: string): DeadLetterRow {
  return {
    id,
    sequence,
    at: time,
    state: 'open',
    service: data.service,
    handler: data.handler,
    reason: data.reason,
    code: data.code,
    message: data.message,
    fingerprint: data.fingerprint,
    attempts: data.attempt,
    message_stream: data.stream,
    message_sequence: data.sequence,
    event_id: data.eventId,
    event_type: data.eventType,
    event_subject: data.subject,
    correlation_id: correlationid,
    act_sequence: 0,
    retries: 0,
    last_retry: null,
    closed_at: null,
    closed_by: null,
    discard_reason: null
  }
}

/** Applies an act that is newer than the row. Past the retention of the letter itself there is no row to change. */
function acted(
  row: DeadLetterRow | null,
  { sequence }: RecordedEvent,
  change: (before: DeadLetterRow) => Partial<DeadLetterRow>
): DeadLetterRow | null {
  if (row === null || sequence <= row.act_sequence) return row
  return { ...row, ...change(row), act_sequence: sequence }
}

function closed({ time, actor }: RecordedEvent): Partial<DeadLetterRow> {
  return { closed_at: time, closed_by: actor }
}
