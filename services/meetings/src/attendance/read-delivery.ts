import { isEvent, PermanentError, WebhookReceived, type EventOf } from '@leadlog/contracts'
import type { MeetingsDeps } from '../deps.ts'
import { parsePayload } from '../webhook/parse-payload.ts'
import { readWebhook } from '../webhook/read-webhook.ts'
import { MeetingDelivery } from './zoom-payload.ts'

/** A webhook of Zoom's about a meeting, read once more; null for one that was erased, or is past its retention. */
export async function readDeliveryAgain(
  webhookId: string,
  { log, webhooks }: Pick<MeetingsDeps, 'log' | 'webhooks'>
): Promise<{ readonly webhook: EventOf<typeof WebhookReceived>; readonly delivery: MeetingDelivery } | null> {
  const webhook = await log.getLast('INGEST', `in.zoom.${webhookId}`)
  if (webhook === null || !isEvent(webhook, WebhookReceived)) return null
  try {
    const payload = await readWebhook(webhooks, webhookId, webhook.data)
    return { webhook, delivery: parsePayload('zoom', MeetingDelivery, payload) }
  } catch (error) {
    if (error instanceof PermanentError && error.code === 'MEETINGS_PAYLOAD_GONE') return null
    throw error
  }
}
