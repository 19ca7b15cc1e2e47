import { createHash } from 'node:crypto'
import { Type } from '@sinclair/typebox'
import { secretNotConfigured, signatureInvalid, signatureMissing } from '../errors.ts'
import type { Provider } from './provider.ts'
import { assertFresh, headerValue, hmacSha256, isEqual } from './signature.ts'

/** Calendly states no rule; five minutes is what receivers commonly allow, and retries are signed anew. */
const TOLERANCE_SECONDS = 300

/** What the meetings service translates. */
const HANDLED = new Set([
  'invitee.created',
  'invitee.canceled',
  'invitee.rescheduled',
  'invitee_no_show.created',
  'invitee_no_show.deleted'
])

/** An event type that nobody here knows may have any payload. */
const AnyDelivery = Type.Object({ event: Type.String({ minLength: 1 }) })
/** What is translated must name its invitee. */
const NamedDelivery = Type.Object({
  event: Type.String(),
  payload: Type.Object({ uri: Type.String({ minLength: 1 }) })
})

/** Calendly: hex HMAC-SHA256 over `<t>.<body>` in `Calendly-Webhook-Signature: t=…,v1=…`. */
export function calendlyProvider(options: { signingKeys: readonly string[] }): Provider {
  return {
    name: 'calendly',
    hasSource: false,
    schema: (payload) => (isHandled(payload) ? NamedDelivery : AnyDelivery),
    verify({ headers, body, now }) {
      if (options.signingKeys.length === 0) throw secretNotConfigured('CALENDLY_SIGNING_KEY')
      const header = headerValue(headers['calendly-webhook-signature'])
      if (!header) {
        throw signatureMissing(
          'Calendly-Webhook-Signature is missing. A subscription made without a signing key is not signed: create it anew with one'
        )
      }
      const parts = header.split(',').map((part) => part.trim().split('=') as [string, string | undefined])
      const signedAt = parts.find(([name]) => name === 't')?.[1]
      const signatures = parts.flatMap(([name, value]) => (name === 'v1' && value ? [value] : []))
      if (!signedAt || !/^\d+$/.test(signedAt) || signatures.length === 0) {
        throw signatureInvalid('Calendly-Webhook-Signature must read t=<unix seconds>,v1=<hex>')
      }
      const genuine = options.signingKeys.some((key) => {
        const expected = hmacSha256(key, `${signedAt}.`, body).toString('hex')
        return signatures.some((signature) => isEqual(signature, expected))
      })
      if (!genuine)
        throw signatureInvalid('The signature does not fit the body: another signing key, or a changed body')
      assertFresh(Number(signedAt), now, TOLERANCE_SECONDS)
      return { scheme: 'calendly-hmac-sha256' }
    },
    identify(payload, { body }) {
      const delivery = payload as {
        event: string
        created_at?: unknown
        payload: { uri?: string; updated_at?: unknown }
      }
      const handled = HANDLED.has(delivery.event)
      const uri = text(delivery.payload?.uri)
      if (uri === undefined)
        return { eventType: delivery.event, externalId: [createHash('sha256').update(body).digest('hex')], handled }
      const version = text(delivery.payload?.updated_at) ?? text(delivery.created_at)
      return { eventType: delivery.event, externalId: version === undefined ? [uri] : [uri, version], handled }
    }
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function isHandled(payload: unknown): boolean {
  const event = (payload as { event?: unknown } | null)?.event
  return typeof event === 'string' && HANDLED.has(event)
}
