import { ERASED, type DataOf, type WebhookReceived } from '@leadlog/contracts'
import { formFields, oneValueEach } from '@leadlog/twilio'
import { payloadGone } from '../errors.ts'

/** What reading a stored webhook needs. */
export interface WebhookReader {
  openBytes(keyId: string, sealed: string, context: string): Promise<Uint8Array | typeof ERASED>
}

/** The fields of a stored callback. @throws PermanentError where its day key is destroyed */
export async function readCallback(
  reader: WebhookReader,
  eventId: string,
  data: DataOf<typeof WebhookReceived>
): Promise<Readonly<Record<string, string>>> {
  const bytes = await reader.openBytes(data.keyId, data.body, `webhook/${eventId}`)
  if (bytes === ERASED) throw payloadGone()
  const fields = oneValueEach(formFields(Buffer.from(bytes)))
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, storable(value)]))
}

/** Postgres takes no NUL characters and no halves of surrogate pairs; nobody types them. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD')
}
