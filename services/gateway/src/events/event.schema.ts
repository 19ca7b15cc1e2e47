import { Nullable, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import type { EventIndexRow } from './event-index.projection.ts'

const eventFields = {
  id: Type.String(),
  type: Type.String(),
  service: Type.String({ description: 'the service that recorded it' }),
  subject: Type.String({ description: 'whose history it belongs to' }),
  time: Timestamp,
  stream: Type.String(),
  sequence: Type.Integer(),
  correlationId: Type.String({ description: 'the first cause' }),
  causationId: Type.String({ description: 'the direct cause' }),
  actor: Type.String(),
  personId: Nullable(Type.String()),
  summary: Type.String({ description: 'one line, free of personal data' }),
  facts: Type.Record(Type.String(), Type.Unknown(), { description: 'small facts, free of personal data' })
}

/** An event as the index knows it. */
export const Event = Type.Object(eventFields)
export type Event = Static<typeof Event>

const openedFields = {
  data: Type.Unknown({ description: "the event's data, personal fields opened; null once the stream let it go" }),
  redacted: Type.Array(Type.String(), { description: 'personal fields that are not shown' }),
  payload: Nullable(
    Type.Object({
      contentType: Type.String(),
      erased: Type.Boolean({ description: 'past its retention: its key is destroyed' }),
      json: Type.Unknown({ description: 'the body where it is JSON' }),
      text: Nullable(Type.String({ description: 'the body where it is not JSON' }))
    })
  )
}

/** What an event carries; of a webhook also the body. */
export const OpenedPayload = Type.Object(openedFields)
export type OpenedPayload = Static<typeof OpenedPayload>

/** An event with what it carries. */
export const EventDetail = Type.Object({ ...eventFields, ...openedFields })
export type EventDetail = Static<typeof EventDetail>

export function eventOf(row: EventIndexRow): Event {
  return {
    id: row.id,
    type: row.type,
    service: serviceOf(row),
    subject: row.subject,
    time: row.time,
    stream: row.stream,
    sequence: row.sequence,
    correlationId: row.correlation_id,
    causationId: row.causation_id,
    actor: row.actor,
    personId: row.person_id,
    summary: row.summary,
    facts: { ...row.facts }
  }
}

/** `leadlog/crm-sync` → `crm-sync`. */
export function serviceOf(row: Pick<EventIndexRow, 'source'>): string {
  return row.source.replace(/^leadlog\//, '')
}
