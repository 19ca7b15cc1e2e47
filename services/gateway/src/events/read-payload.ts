import { ERASED, eventRegistry, isEvent, WebhookReceived, type DataOf, type RecordedEvent } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import type { Keyring } from '@leadlog/keyring'
import type { Scope } from '../auth/client.ts'
import { eventOf, type EventDetail, type OpenedPayload } from './event.schema.ts'
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
  const personal = scopes.has('personal')
  const opened = same === null ? nothingOf(row.type, personal) : await openPayload(same, source, personal)
  return { ...eventOf(row), ...opened }
}

/** What the event carries; personal parts only where they may be shown. */
export async function openPayload(
  event: RecordedEvent,
  source: PayloadSource,
  personal: boolean
): Promise<OpenedPayload> {
  const { redacted } = nothingOf(event.type, personal)
  const body = personal && isEvent(event, WebhookReceived) ? await payloadOf(event.id, event.data, source) : null
  return { data: dataOf(event, redacted), redacted, payload: body }
}

function nothingOf(type: string, personal: boolean): OpenedPayload {
  return { data: null, redacted: personal ? [] : [...(eventRegistry.find(type)?.piiFields ?? [])], payload: null }
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
