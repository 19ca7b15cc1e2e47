import { ERASED, type DataOf, type WebhookReceived } from '@leadlog/contracts'
import { keptOfEvent } from '@leadlog/stripe/webhook'
import type { WebhookReader } from '../deps.ts'
import { payloadGone } from '../errors.ts'

/** What was kept of an event of Stripe. Reading it leaves out once more what must not be there. */
export async function readEvent(
  reader: WebhookReader,
  eventId: string,
  data: DataOf<typeof WebhookReceived>
): Promise<unknown> {
  const bytes = await reader.openBytes(data.keyId, data.body, `webhook/${eventId}`)
  if (bytes === ERASED) throw payloadGone()
  return keptOfEvent(JSON.parse(Buffer.from(bytes).toString('utf8')))
}
