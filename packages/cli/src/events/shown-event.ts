import { eventRegistry, isEvent, WebhookReceived, type RecordedEvent } from '@leadlog/contracts'

/** Stands where a personal value is left sealed. */
export const REDACTED = '[redacted]'

/**
 * The event as it is shown without `--reveal`: personal fields and sealed bodies replaced. Fields of an event type that
 * this release does not know are all replaced, since nobody can tell which are personal.
 */
export function redactedEvent(event: RecordedEvent): RecordedEvent {
  const definition = eventRegistry.find(event.type)
  if (!definition) return { ...event, data: REDACTED }
  const hidden = new Set(isEvent(event, WebhookReceived) ? ['body'] : definition.piiFields)
  if (hidden.size === 0) return event
  const data = event.data as Readonly<Record<string, unknown>>
  return {
    ...event,
    data: Object.fromEntries(Object.entries(data).map(([name, value]) => [name, hidden.has(name) ? REDACTED : value]))
  }
}
