import { eventRegistry, WebhookReceived, type EventCipher, type RecordedEvent } from '@leadlog/contracts'

/** A message as the event log would have written it. */
export interface StoredMessage {
  readonly stream: string
  readonly subject: string
  readonly id: string
  readonly payload: Uint8Array
}

/**
 * Packs an event of a story the way an append does, without the checks against what is there: a log is filled much
 * faster so. Reading it checks every event.
 */
export async function storedMessage(event: RecordedEvent, cipher: EventCipher, time: string): Promise<StoredMessage> {
  const { stream, sequence: _place, ...envelope } = event
  const personal = eventRegistry.find(event.type)?.piiFields ?? []
  const data = { ...(event.data as Record<string, unknown>) }
  const keyId = typeof data['personId'] === 'string' ? data['personId'] : ''
  for (const field of personal) {
    if (data[field] !== undefined) data[field] = await cipher.seal(keyId, data[field], `${event.id}/${field}`)
  }
  const stored = { ...envelope, time, ...(personal.length > 0 ? { keyid: keyId } : {}), data }
  return { stream, subject: subjectOf(event), id: event.id, payload: Buffer.from(JSON.stringify(stored)) }
}

function subjectOf(event: RecordedEvent): string {
  if (event.stream === 'EVENTS') return `evt.${event.subject}`
  const data = event.data as Readonly<Record<string, unknown>>
  if (event.type === WebhookReceived.type) return `in.${String(data['provider'])}.${event.id}`
  const kind = event.type === 'ops.DeadLettered.v1' ? 'dead' : 'retry'
  return `${kind}.${String(data['service'])}.${String(data['handler'])}`
}
