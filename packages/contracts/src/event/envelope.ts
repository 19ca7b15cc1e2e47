import type { DataOf, EventDefinition } from './define-event.ts'

/** Who caused an event: a service, a provider's webhook, a user, an API key or an agent. */
export type Actor = `${'service' | 'provider' | 'user' | 'api-key' | 'agent'}:${string}`

/** A CloudEvents 1.0 event in structured mode, with the extensions the log relies on. */
export interface EventEnvelope<Type extends string = string, Data = unknown> {
  readonly specversion: '1.0'
  /** Deterministic; see {@link derivedEventId}. */
  readonly id: string
  /** `leadlog/<service>`. */
  readonly source: string
  readonly type: Type
  /** `<context>.<aggregate>.<aggregate id>`: whose history the event belongs to. */
  readonly subject: string
  /** When the event was recorded, ISO 8601 UTC. Times of the fact itself are fields of the data. */
  readonly time: string
  readonly datacontenttype: 'application/json'
  readonly dataschema: string
  readonly schemaversion: number
  /** Id of the first cause: usually the webhook or the command. */
  readonly correlationid: string
  /** Id of the direct cause. */
  readonly causationid: string
  readonly actor: Actor
  /** W3C trace context of what appended the event. Carried on, never compared, and nothing is decided by it. */
  readonly traceparent?: string
  /** The key under which the personal fields are encrypted: the person's id. */
  readonly keyid?: string
  readonly data: Data
}

/** An event as it stands in a stream: its envelope, decoded, with its place. */
export interface RecordedEvent<Type extends string = string, Data = unknown> extends EventEnvelope<Type, Data> {
  /** Sequence in the stream, from 1. */
  readonly sequence: number
  /** Logical stream name, for example `EVENTS`. */
  readonly stream: string
}

/** The recorded form of an event of the definition. */
export type EventOf<D extends EventDefinition> =
  D extends EventDefinition<infer Type> ? RecordedEvent<Type, DataOf<D>> : never

/** An event that was decided but not yet recorded. */
export interface NewEvent<D extends EventDefinition = EventDefinition> {
  readonly definition: D
  readonly aggregateId: string
  readonly data: DataOf<D>
}

/** Pairs a definition with the aggregate it belongs to and its data, checked by type. */
export function newEvent<D extends EventDefinition>(definition: D, aggregateId: string, data: DataOf<D>): NewEvent<D> {
  return { definition, aggregateId, data }
}

/** True when the recorded event is of the definition; narrows its type. */
export function isEvent<D extends EventDefinition>(event: RecordedEvent, definition: D): event is EventOf<D> {
  return event.type === definition.type
}
