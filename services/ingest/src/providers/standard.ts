import { createHash } from 'node:crypto'
import { Type } from '@sinclair/typebox'
import { Webhook } from 'standardwebhooks'
import { providerUnknown, signatureInvalid, signatureMissing } from '../errors.ts'
import type { Provider, RawDelivery } from './provider.ts'
import { assertFresh, headerValue, isEqual } from './signature.ts'

/** The tolerance of the Standard Webhooks specification, in both directions. */
const TOLERANCE_SECONDS = 300

/** The least that names a delivery. */
const Delivery = Type.Object({ type: Type.String({ minLength: 1 }) })

/**
 * Any sender that follows the Standard Webhooks specification, by source: `webhook-id`, `webhook-timestamp`,
 * `webhook-signature` (or the `svix-` names). Several secrets of one source are all accepted, for rotation.
 */
export function standardProvider(options: { secrets: ReadonlyMap<string, readonly string[]> }): Provider {
  return {
    name: 'standard',
    hasSource: true,
    schema: () => Delivery,
    verify(delivery) {
      const secrets = options.secrets.get(delivery.source)
      if (!secrets) throw providerUnknown(`standard/${delivery.source}`)
      const { id, timestamp, signatures } = headersOf(delivery)
      const genuine = secrets.some((secret) => {
        const expected = new Webhook(secret).sign(
          id,
          new Date(Number(timestamp) * 1000),
          delivery.body.toString('utf8')
        )
        return signatures.some((signature) => isEqual(signature, expected))
      })
      if (!genuine) throw signatureInvalid('No signature fits the body: another secret, or a changed body')
      assertFresh(Number(timestamp), delivery.now, TOLERANCE_SECONDS)
      return { scheme: 'standard-webhooks-v1' }
    },
    identify(payload, delivery) {
      const id = namedHeader(delivery, 'id') ?? createHash('sha256').update(delivery.body).digest('hex')
      return { eventType: (payload as { type: string }).type, externalId: [delivery.source, id], handled: false }
    }
  }
}

function headersOf(delivery: RawDelivery): { id: string; timestamp: string; signatures: readonly string[] } {
  const id = namedHeader(delivery, 'id')
  const timestamp = namedHeader(delivery, 'timestamp')
  const signature = namedHeader(delivery, 'signature')
  if (!id || !timestamp || !signature)
    throw signatureMissing('webhook-id, webhook-timestamp and webhook-signature must all be there')
  if (!/^\d+$/.test(timestamp)) throw signatureInvalid('webhook-timestamp must be Unix seconds')
  return { id, timestamp, signatures: signature.split(/\s+/) }
}

function namedHeader({ headers }: RawDelivery, name: string): string | undefined {
  return headerValue(headers[`webhook-${name}`]) ?? headerValue(headers[`svix-${name}`])
}
