import { idempotencyKey, webhookEventId } from '@leadlog/contracts'
import fastify, { type FastifyInstance } from 'fastify'
import { calendlyProvider } from '../../../services/ingest/src/providers/calendly.ts'

/** A webhook whose signature is right, with the name that its repeats share. */
export interface VerifiedWebhook {
  /** 32 hex characters. */
  readonly eventId: string
  readonly eventType: string
  readonly contentType: string
  readonly receivedAt: string
  /** The signed text. */
  readonly body: string
}

const answer = {
  type: 'object',
  properties: { ok: { type: 'boolean' }, eventId: { type: 'string' }, duplicate: { type: 'boolean' } }
}

/**
 * A bare Fastify route that verifies and names Calendly webhooks with the code of the ingest service and leaves the
 * rest to `store`: no schema check, no metrics, no encryption, no log.
 *
 * @param store resolves with true when the webhook had been stored before
 */
export function verifiedRoute(
  signingKey: string,
  store: (webhook: VerifiedWebhook) => Promise<boolean>
): FastifyInstance {
  const provider = calendlyProvider({ signingKeys: [signingKey] })
  const app = fastify()
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.get('/healthz', async () => ({ ok: true }))
  app.post('/webhooks/calendly', { schema: { response: { 200: answer } } }, async (request) => {
    const body = request.body as Buffer
    const now = new Date()
    const delivery = { headers: request.headers, body, source: '', url: '', now }
    provider.verify(delivery)
    const text = body.toString('utf8')
    const identity = provider.identify(JSON.parse(text), delivery)
    const eventId = webhookEventId(idempotencyKey(provider.name, identity.eventType, ...identity.externalId))
    const duplicate = await store({
      eventId,
      eventType: identity.eventType,
      contentType: request.headers['content-type'] ?? '',
      receivedAt: now.toISOString(),
      body: text
    })
    return { ok: true, eventId, duplicate }
  })
  return app
}
