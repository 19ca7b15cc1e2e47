import { createHash } from 'node:crypto'
import { Type } from '@sinclair/typebox'
import { secretNotConfigured, signatureInvalid, signatureMissing } from '../errors.ts'
import type { Provider, RawDelivery, Verdict } from './provider.ts'
import { headerValue, hmacSha256, isEqual } from './signature.ts'

/** What the meetings service translates. */
const HANDLED = new Set(['meeting_end'])

interface ReadaiOptions {
  /** Base64, as Read.ai shows it. */
  readonly signingKeys: readonly string[]
  /** For relays that cannot sign. */
  readonly sharedSecret: string | undefined
}

/** The least that names a delivery. */
const Delivery = Type.Object({ session_id: Type.String({ minLength: 1 }), trigger: Type.String({ minLength: 1 }) })

/**
 * Read.ai: hex HMAC-SHA256 over the body with the base64-decoded key in `X-Read-Signature`. It has no time, so a
 * replay is recognised by its idempotency key alone. Relays may send the shared secret in `X-ReadAI-Secret` instead.
 */
export function readaiProvider(options: ReadaiOptions): Provider {
  const keys = options.signingKeys.map((key) => Buffer.from(key, 'base64'))
  return {
    name: 'readai',
    hasSource: false,
    schema: () => Delivery,
    verify: (delivery) => verify(delivery, keys, options.sharedSecret),
    identify(payload, { body }) {
      const delivery = payload as { session_id: string; trigger: string; request_id?: unknown }
      const request =
        typeof delivery.request_id === 'string' && delivery.request_id !== ''
          ? delivery.request_id
          : createHash('sha256').update(body).digest('hex')
      return {
        eventType: delivery.trigger,
        externalId: [delivery.session_id, request],
        handled: HANDLED.has(delivery.trigger)
      }
    }
  }
}

function verify({ headers, body }: RawDelivery, keys: readonly Buffer[], sharedSecret: string | undefined): Verdict {
  if (keys.length === 0 && sharedSecret === undefined)
    throw secretNotConfigured('READAI_SIGNING_KEY or READAI_SHARED_SECRET')
  const signature = headerValue(headers['x-read-signature'])
  if (signature !== undefined && keys.length > 0) {
    if (keys.some((key) => isEqual(signature.trim().toLowerCase(), hmacSha256(key, body).toString('hex')))) {
      return { scheme: 'readai-hmac-sha256' }
    }
    throw signatureInvalid('The signature does not fit the body: another signing key, or a changed body')
  }
  const secret = headerValue(headers['x-readai-secret'])
  if (secret !== undefined && sharedSecret !== undefined) {
    if (isEqual(secret, sharedSecret)) return { scheme: 'readai-shared-secret' }
    throw signatureInvalid('X-ReadAI-Secret is not the shared secret')
  }
  throw signatureMissing(
    'X-Read-Signature is missing. Webhooks made before 2026-03-17 are not signed: delete the webhook in Read.ai and create it anew'
  )
}
