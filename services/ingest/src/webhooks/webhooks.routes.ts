import type { IncomingHttpHeaders } from 'node:http'
import { Type } from '@sinclair/typebox'
import { childrenOf, HttpProblem, problemResponses, type Clock, type HttpServer } from '@leadlog/service'
import { activeTraceparent, describeSpan, isTraceparent } from '@leadlog/tracing'
import type { Counter } from 'prom-client'
import { providerUnknown } from '../errors.ts'
import type { Provider } from '../providers/provider.ts'
import { headerValue } from '../providers/signature.ts'
import { receiveWebhook, type WebhookStore } from './receive-webhook.ts'

/** What the webhook routes need. */
export interface WebhookRoutesDeps {
  readonly providers: ReadonlyMap<string, Provider>
  readonly store: WebhookStore
  readonly clock: Clock
  readonly received: Counter<'provider' | 'outcome'>
}

const Accepted = Type.Object({ ok: Type.Literal(true), eventId: Type.String(), duplicate: Type.Boolean() })

/** `POST /webhooks/{provider}` and `POST /webhooks/{provider}/{source}`. */
export function webhookRoutes(app: HttpServer, deps: WebhookRoutesDeps): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  const received = childrenOf((provider = '', outcome = '') => deps.received.labels(provider, outcome))
  const answers = { 200: Accepted, ...problemResponses(400, 401, 404, 413, 503) }
  const receive = async (
    providerName: string,
    source: string | undefined,
    request: { headers: IncomingHttpHeaders; url: string; body: unknown },
    reply: Reply
  ) => {
    const provider = deps.providers.get(providerName)
    const known = provider?.hasSource === (source !== undefined) && provider.sources?.has(source ?? '') !== false
    if (!known) {
      throw providerUnknown(source === undefined ? providerName : `${providerName}/${source}`)
    }
    const delivery = {
      headers: request.headers,
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      source: source ?? '',
      url: request.url,
      now: deps.clock.now()
    }
    const contentType = request.headers['content-type'] ?? 'application/octet-stream'
    try {
      const checked = provider.handshake?.(delivery) ?? null
      if (checked !== null) {
        received(provider.name, 'handshake').inc()
        // Not by the schema of deliveries: the check wants its own words back.
        reply.serializer(JSON.stringify)
        return checked
      }
      const webhook = await receiveWebhook(provider, delivery, contentType, deps.store, traceparentOf(request.headers))
      const outcome = webhook.duplicate ? 'duplicate' : webhook.disposition
      received(provider.name, outcome).inc()
      describeSpan({ eventId: webhook.eventId, correlationId: webhook.eventId, outcome })
      return { ok: true as const, eventId: webhook.eventId, duplicate: webhook.duplicate }
    } catch (error) {
      received(provider.name, error instanceof HttpProblem ? error.code.toLowerCase() : 'not-stored').inc()
      throw error
    }
  }

  // Without schemas of their own: the router gives texts, and converting them costs more than finding the route.
  const schema = { response: answers }
  app.post<{ Params: { provider: string } }>('/webhooks/:provider', { schema }, (request, reply) =>
    receive(request.params.provider, undefined, request, reply)
  )
  app.post<{ Params: { provider: string; source: string } }>(
    '/webhooks/:provider/:source',
    { schema },
    (request, reply) => receive(request.params.provider, request.params.source, request, reply)
  )
}

/** What answering past the schema needs of a reply. */
interface Reply {
  serializer(serialize: (payload: unknown) => string): unknown
}

/** That of the request's own span; where nothing is traced here, what the sender gave, if it is one. */
function traceparentOf(headers: IncomingHttpHeaders): string | undefined {
  const given = headerValue(headers['traceparent'])
  return activeTraceparent() ?? (isTraceparent(given) ? given : undefined)
}
