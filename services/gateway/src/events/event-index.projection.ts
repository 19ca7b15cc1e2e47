import {
  commandCatalogue,
  eventCatalogue,
  isEvent,
  PersonErased,
  WebhookErased,
  type EventDefinition,
  type RecordedEvent
} from '@leadlog/contracts'
import { column, defineProjection, type RowOf } from '@leadlog/projections'
import { allReadersOnly } from '../database/row-policies.ts'
import { factsOf, summaryOf, type EventFacts } from './event-facts.ts'

/** Raise it when columns or facts change. */
const INDEX_VERSION = 4
/** The index takes every event, so it is rebuilt when the catalogue grows: its size is part of the version. */
const CATALOGUE_SPACE = 1_000

const EXPIRING_STREAMS = ['INGEST', 'COMMANDS', 'DEAD_LETTERS'] as const

/** The commands too: a trace begins with who asked. */
const indexedDefinitions: readonly EventDefinition[] = [
  ...eventCatalogue,
  ...commandCatalogue.map(({ message }) => message)
]

/** Where every event stands, what caused it, and what it says without naming anybody. */
export const eventIndex = defineProjection({
  name: 'gateway-event-index',
  version: INDEX_VERSION * CATALOGUE_SPACE + indexedDefinitions.length,
  table: 'gateway.event_index',
  columns: {
    id: column.text({ primaryKey: true }),
    stream: column.text(),
    sequence: column.bigint(),
    type: column.text(),
    subject: column.text(),
    time: column.timestamptz(),
    correlation_id: column.text({ index: true }),
    causation_id: column.text({ index: true }),
    actor: column.text(),
    source: column.text(),
    person_id: column.text({ nullable: true }),
    summary: column.text(),
    facts: column.jsonb<EventFacts>()
  },
  indexes: [{ on: 'time desc, id desc' }, { on: 'type, time desc, id desc' }, { on: 'subject, sequence' }],
  on: indexedDefinitions,
  once: indexedDefinitions.filter((definition) => definition !== PersonErased && definition !== WebhookErased),
  // A webhook that was erased is found under its id as before: there stands the mark that took its place.
  key: (event: RecordedEvent) => {
    if (isEvent(event, WebhookErased)) return [event.data.webhookId, event.id]
    return isEvent(event, PersonErased) ? [...event.data.eventIds, event.id] : event.id
  },
  expires: Object.fromEntries(EXPIRING_STREAMS.map((stream) => [stream, expiryOf(stream)])),
  evolve: Object.fromEntries(indexedDefinitions.map((definition) => [definition.type, indexed])),
  setup: allReadersOnly
})

export type EventIndexRow = RowOf<typeof eventIndex>

function expiryOf(stream: string) {
  return { where: `stream = '${stream}' and sequence < $1`, rest: () => null }
}

function indexed(row: object | null, event: RecordedEvent, id: string) {
  if (isEvent(event, PersonErased) && id !== event.id) {
    // Some facts, as the names of enriched fields, come from what cannot be read any more: a rebuild lacks them.
    return row === null ? null : { ...(row as EventIndexRow), facts: {} }
  }
  if (row !== null && !isEvent(event, WebhookErased)) return row as EventIndexRow
  const { personId } = event.data as { personId?: string }
  return {
    id,
    stream: event.stream,
    sequence: event.sequence,
    type: event.type,
    subject: event.subject,
    time: event.time,
    correlation_id: event.correlationid,
    causation_id: event.causationid,
    actor: event.actor,
    source: event.source,
    person_id: personId ?? null,
    summary: summaryOf(event),
    facts: factsOf(event)
  }
}
