import type { Actor, DataOf, EventDefinition, EventOf, NewEvent, RecordedEvent } from '@leadlog/contracts'

interface Place {
  readonly sequence?: number
  readonly causationid?: string
  readonly actor?: Actor
}

/** An event as the log would give it back; for tests. */
export function recorded<D extends EventDefinition>(definition: D, data: DataOf<D>, place: Place = {}): EventOf<D> {
  const { sequence = 1, causationid = 'cause', actor = 'service:crm' } = place
  const event: RecordedEvent = {
    specversion: '1.0',
    id: `event-${sequence}`,
    source: 'leadlog/test',
    type: definition.type,
    subject: `${definition.context}.${definition.aggregate}.test`,
    time: '2026-11-18T12:00:00.000Z',
    datacontenttype: 'application/json',
    dataschema: '',
    schemaversion: definition.version,
    correlationid: 'first',
    causationid,
    actor,
    stream: 'EVENTS',
    sequence,
    data
  }
  return event as EventOf<D>
}

/** Decided events, appended behind a history. */
export function appended(history: readonly RecordedEvent[], events: readonly NewEvent[], place: Place = {}) {
  const next = (history.at(-1)?.sequence ?? 0) + 1
  return [
    ...history,
    ...events.map(({ definition, data }, index) => recorded(definition, data, { ...place, sequence: next + index }))
  ]
}
