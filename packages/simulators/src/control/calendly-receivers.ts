import type { CalendlyStore } from '../calendly/calendly-store.ts'
import type { SimulatorSecrets } from '../config.ts'
import { asText, isJsonObject } from '../json.ts'
import type { JsonObject } from '../json.ts'
import { calendlyDelivery } from '../sample-day/deliver.ts'
import type { Delivery } from '../sample-day/delivery.ts'

/** A delivery and where it goes. */
export interface RoutedDelivery {
  origin: string
  delivery: Delivery
}

/**
 * The deliveries of one of Calendly's webhooks: to ingest where it is named, else to every subscription for its event,
 * signed with the subscription's own key, or not at all where it was set up without one.
 */
export const calendlyRoutesTo = (
  store: CalendlyStore,
  webhook: JsonObject,
  secrets: SimulatorSecrets,
  ingest: string | undefined
): RoutedDelivery[] => {
  const event = asText(webhook.event) ?? ''
  const uri = isJsonObject(webhook.payload) ? (asText(webhook.payload.uri) ?? '') : ''
  const name = `${event} ${uri.split('/').at(-1) ?? ''}`
  if (ingest !== undefined) return [{ origin: ingest, delivery: calendlyDelivery(name, webhook, secrets) }]
  return store
    .subscriptions()
    .filter(({ events }) => events.includes(event))
    .map(({ callbackUrl, signingKey }) => {
      const url = new URL(callbackUrl)
      const signed = calendlyDelivery(name, webhook, { calendlySigningKey: signingKey ?? '' })
      const unsigned = (): Record<string, string> => ({ 'content-type': 'application/json' })
      const delivery = { ...signed, path: `${url.pathname}${url.search}` }
      return { origin: url.origin, delivery: signingKey === undefined ? { ...delivery, headers: unsigned } : delivery }
    })
}
