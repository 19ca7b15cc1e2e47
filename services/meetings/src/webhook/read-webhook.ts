import { ERASED, PermanentError, type DataOf, type WebhookReceived } from '@leadlog/contracts'

/** What reading a stored webhook needs. */
export interface WebhookReader {
  openBytes(keyId: string, sealed: string, context: string): Promise<Uint8Array | typeof ERASED>
}

/**
 * The body of a stored webhook as parsed JSON.
 *
 * @throws PermanentError where its day key is destroyed, or where it is no JSON
 */
export async function readWebhook(
  reader: WebhookReader,
  eventId: string,
  data: DataOf<typeof WebhookReceived>
): Promise<unknown> {
  const bytes = await reader.openBytes(data.keyId, data.body, `webhook/${eventId}`)
  if (bytes === ERASED) {
    throw new PermanentError('MEETINGS_PAYLOAD_GONE', 'The payload is past its retention: its day key is destroyed')
  }
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'), withStorableText) as unknown
  } catch (error) {
    throw new PermanentError('MEETINGS_PAYLOAD_NOT_JSON', 'The stored payload is not valid JSON', { cause: error })
  }
}

/** Neither Postgres nor a CRM takes NUL characters or halves of surrogate pairs; nobody types them. */
function withStorableText(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\uFFFD') : value
}
