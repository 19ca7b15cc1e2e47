import { calendlySignature } from '../calendly/calendly-signature.ts'
import type { SimulatorSecrets } from '../config.ts'
import type { JsonObject } from '../json.ts'
import { readaiSharedSecret, readaiSignature } from '../readai/readai-signature.ts'
import { standardSignature } from '../standard-webhooks/standard-signature.ts'
import type { Delivery, DeliveryExpectation } from './delivery.ts'

const json = (headers: Record<string, string>): Record<string, string> => ({
  'content-type': 'application/json',
  ...headers
})

const processed: DeliveryExpectation = { status: 200, outcome: 'processed' }

/** What of a delivery is not as usual. */
export interface DeliveryOptions {
  expect?: DeliveryExpectation
  /** The body as it is sent, where it is not the payload's JSON. */
  body?: string
}

/** A delivery of Calendly, signed at the time of each attempt; `skewSeconds` puts that time off. */
export const calendlyDelivery = (
  name: string,
  payload: JsonObject,
  secrets: Pick<SimulatorSecrets, 'calendlySigningKey'>,
  options: DeliveryOptions & { skewSeconds?: number } = {}
): Delivery => {
  const body = options.body ?? JSON.stringify(payload)
  const skewMs = (options.skewSeconds ?? 0) * 1000
  return {
    name,
    provider: 'calendly',
    path: '/webhooks/calendly',
    body,
    headers: (now) => json(calendlySignature(body, secrets.calendlySigningKey, new Date(now.getTime() + skewMs))),
    expect: options.expect ?? processed
  }
}

/** A delivery of Read.ai: signed, or by a relay that knows the shared secret only. */
export const readaiDelivery = (
  name: string,
  payload: JsonObject,
  secrets: Pick<SimulatorSecrets, 'readaiSigningKey' | 'readaiSharedSecret'>,
  options: DeliveryOptions & { relayed?: boolean } = {}
): Delivery => {
  const body = options.body ?? JSON.stringify(payload)
  return {
    name,
    provider: 'readai',
    path: '/webhooks/readai',
    body,
    headers: () =>
      json(
        options.relayed === true
          ? readaiSharedSecret(secrets.readaiSharedSecret)
          : readaiSignature(body, secrets.readaiSigningKey)
      ),
    expect: options.expect ?? processed
  }
}

/** A delivery after the Standard Webhooks specification. */
export const standardDelivery = (
  name: string,
  payload: JsonObject,
  source: { name: string; secret: string; messageId: string },
  options: DeliveryOptions = {}
): Delivery => {
  const body = options.body ?? JSON.stringify(payload)
  return {
    name,
    provider: 'standard',
    path: `/webhooks/standard/${source.name}`,
    body,
    headers: (now) => json(standardSignature(body, source.secret, source.messageId, now)),
    expect: options.expect ?? processed
  }
}
