import { Type } from '@sinclair/typebox'
import { keptOfEvent } from '@leadlog/stripe/webhook'
import { secretNotConfigured, signatureInvalid, signatureMissing } from '../errors.ts'
import type { Provider, RawDelivery, Verdict } from './provider.ts'
import { assertFresh, headerValue, hmacSha256, isEqual } from './signature.ts'

/** Stripe's own tolerance; here in both directions. */
const TOLERANCE_SECONDS = 300

/** What billing translates. */
const HANDLED = new Set([
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'charge.refunded',
  'charge.refund.updated',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.closed'
])

/** The least that names a delivery; it stands in plain text, so nothing in it may be as long as a card's number. */
const Delivery = Type.Object({
  id: Type.String({ pattern: '^(?!.*(\\d_*){12})evt_[A-Za-z0-9_]{1,200}$' }),
  type: Type.String({ pattern: '^(?!.*(\\d[_.]*){12})[a-z0-9_.]{1,100}$' })
})

/**
 * Stripe: `Stripe-Signature: t=…,v1=…`, hex HMAC-SHA256 over `<t>.<body>` with the whole secret as text; several `v1`, and
 * several secrets, while one rotates. Of the body only what billing reads is stored: no card data, no names.
 */
export function stripeProvider(options: { secrets: readonly string[] }): Provider {
  return {
    name: 'stripe',
    hasSource: false,
    schema: () => Delivery,
    verify: (delivery) => verify(delivery, options.secrets),
    identify(payload) {
      const { id, type } = payload as { id: string; type: string }
      return { eventType: type, externalId: [id], handled: HANDLED.has(type) }
    },
    keep: (payload) => Buffer.from(JSON.stringify(keptOfEvent(payload)))
  }
}

function verify({ headers, body, now }: RawDelivery, secrets: readonly string[]): Verdict {
  if (secrets.length === 0) throw secretNotConfigured('STRIPE_WEBHOOK_SECRET')
  const header = headerValue(headers['stripe-signature'])
  if (header === undefined || header === '') throw signatureMissing('Stripe-Signature is missing')
  const parts = header.split(',').map((part) => part.trim().split('='))
  const signedAt = parts.find(([name]) => name === 't')?.[1] ?? ''
  const signatures = parts.filter(([name]) => name === 'v1').map(([, value = '']) => value)
  if (!/^\d{1,12}$/.test(signedAt) || signatures.length === 0) {
    throw signatureInvalid('Stripe-Signature must read t=<unix seconds>,v1=<hex>')
  }
  const isGenuine = secrets.some((secret) => {
    const expected = hmacSha256(secret, `${signedAt}.`, body).toString('hex')
    return signatures.some((signature) => isEqual(signature, expected))
  })
  if (!isGenuine)
    throw signatureInvalid('No signature fits the body: the secret of another endpoint, or a changed body')
  assertFresh(Number(signedAt), now, TOLERANCE_SECONDS)
  return { scheme: 'stripe-hmac-sha256' }
}
