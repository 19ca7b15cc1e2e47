import { ERASED, eventRegistry, isEvent, WebhookReceived, type DataOf, type RecordedEvent } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import type { Keyring } from '@leadlog/keyring'
import type { Scope } from '../auth/client.ts'
import { eventOf, type EventDetail } from './event.schema.ts'
import type { EventIndexRow } from './event-index.projection.ts'

/** What reading an event's payload needs. */
export interface PayloadSource {
  readonly log: Pick<EventLog, 'get'>
  readonly keyring: Pick<Keyring, 'openBytes'>
}

/** The event with its data from the log, and the body of a raw webhook; personal parts only for who may read them. */
export async function readEvent(
  row: EventIndexRow,
  source: PayloadSource,
  scopes: ReadonlySet<Scope>
): Promise<EventDetail> {
  const event = await source.log.get(row.stream, row.sequence)
  const same = event?.id === row.id ? event : null
  const redacted = scopes.has('personal') ? [] : (eventRegistry.find(row.type)?.piiFields ?? [])
  const opened = same !== null && isEvent(same, WebhookReceived) && scopes.has('personal') ? same : null
  return {
    ...eventOf(row),
    data: same === null ? null : dataOf(same, redacted),
    redacted: [...redacted],
    payload: opened === null ? null : await payloadOf(opened.id, opened.data, source)
  }
}

/** The sealed body of a webhook is left out: it is told apart, opened. */
function dataOf(event: RecordedEvent, redacted: readonly string[]): unknown {
  const hidden = isEvent(event, WebhookReceived) ? [...redacted, 'body'] : redacted
  return Object.fromEntries(Object.entries(event.data as object).filter(([name]) => !hidden.includes(name)))
}

async function payloadOf(
  eventId: string,
  data: DataOf<typeof WebhookReceived>,
  source: PayloadSource
): Promise<EventDetail['payload']> {
  const { contentType, keyId, body } = data
  const bytes = await source.keyring.openBytes(keyId, body, `webhook/${eventId}`)
  if (bytes === ERASED) return { contentType, erased: true, json: null, text: null }
  const text = Buffer.from(bytes).toString('utf8')
  try {
    return { contentType, erased: false, json: JSON.parse(text) as unknown, text: null }
  } catch {
    return { contentType, erased: false, json: null, text }
  }
}
