import { createVendorClient } from '@leadlog/outbound'
import { rotatingSecrets, vendorMetrics, type ServiceContext } from '@leadlog/service'
import { Webhook } from 'standardwebhooks'
import type { telephonyConfig } from '../config.ts'

/** What came of calling a webhook. Nothing of it is tried again: the caller does not wait for that. */
export type WebhookOutcome =
  { readonly answered: true; readonly body: string } | { readonly answered: false; readonly reason: string }

/** Calls webhooks of flows: public addresses only, signed as Standard Webhooks say. */
export interface WebhookCaller {
  call(request: {
    readonly id: string
    readonly url: string
    readonly body: string
    readonly timeoutMs: number
    readonly at: Date
  }): Promise<WebhookOutcome>
}

/** An answer is a few words for a caller. */
const MOST_ANSWER_BYTES = 64 * 1024

/** Null without a secret: whoever is called could not tell us from anybody else. */
export function connectWebhooks({
  config,
  metrics,
  logger,
  onStop
}: Pick<ServiceContext<typeof telephonyConfig>, 'config' | 'metrics' | 'logger' | 'onStop'>): WebhookCaller | null {
  const secrets = rotatingSecrets(config.webhookSecret)
  if (secrets.length === 0) return null
  const client = createVendorClient({
    vendor: 'flow-webhook',
    baseUrl: 'https://webhook.invalid',
    privateHosts: config.privateHosts,
    maxResponseBytes: MOST_ANSWER_BYTES,
    onCallEnded: vendorMetrics(metrics, 'flow-webhook').onCallEnded,
    logger
  })
  onStop(() => client.close())
  return {
    async call({ id, url, body, timeoutMs, at }) {
      const { origin, pathname, search } = new URL(url)
      const signatures = secrets.map((secret) => new Webhook(secret).sign(id, at, body))
      try {
        const response = await client.call({
          operation: 'call-step',
          method: 'POST',
          baseUrl: origin,
          path: `${pathname}${search}`,
          body: Buffer.from(body),
          headers: {
            'content-type': 'application/json',
            'webhook-id': id,
            'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
            'webhook-signature': signatures.join(' ')
          },
          lane: 'person',
          timeoutMs
        })
        return { answered: true, body: response.text() }
      } catch (error) {
        const { code } = error as { code?: unknown }
        return { answered: false, reason: typeof code === 'string' ? code : 'UNEXPECTED' }
      }
    }
  }
}
