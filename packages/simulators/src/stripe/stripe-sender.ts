import { createHmac } from 'node:crypto'
import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'
import type { SimulatorClock } from '../clock.ts'
import type { JsonObject } from '../json.ts'
import { seededUnit } from '../seeded.ts'
import type { Settings } from '../settings.ts'
import type { StripeEvent, StripeStore } from './stripe-store.ts'

/** Where the account's events go, and how badly. */
export const StripeDelivery = Type.Object(
  {
    url: Type.Optional(
      Type.String({
        pattern: '^https?://',
        description: 'Address of /webhooks/stripe; none: kept, not sent, unless INGEST_URL says where ingest is.'
      })
    ),
    duplicates: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 10, description: 'How often each event comes again.' })
    ),
    twins: Type.Optional(Type.Boolean({ description: 'Each change is told by two events with ids of their own.' })),
    shuffleMs: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 60_000, description: 'Each delivery leaves within this time, in any order.' })
    )
  },
  { additionalProperties: false }
)
export type StripeDelivery = Static<typeof StripeDelivery>

/** One attempt to deliver. */
export interface StripeAttempt {
  eventId: string
  type: string
  attempt: number
  /** Null where no answer came. */
  status: number | null
}

/** Delivers the account's events until they are taken. */
export interface StripeSender {
  configure(delivery: StripeDelivery): void
  /** Something changed: it is told. */
  tell(type: string, object: JsonObject): void
  attempts(): readonly StripeAttempt[]
  /** How many deliveries are on their way. */
  waiting(): number
  clear(): void
}

/** The API version of the endpoint, which decides the shape of events. */
export const ENDPOINT_VERSION = '2026-10-28.endive'

/** Seconds until the next attempt; then no more. Stripe says only: exponential, for up to three days. */
const RETRIES = [60, 300, 1_800, 7_200, 18_000, 36_000, 72_000, 86_400]
const ANSWER_LIMIT_MS = 20_000

/** `Stripe-Signature` for exactly these bytes. */
export const stripeSignature = (secret: string, body: string, unixSeconds: number): string => {
  const digest = createHmac('sha256', secret).update(`${unixSeconds}.${body}`).digest('hex')
  return `t=${unixSeconds},v1=${digest}`
}

/** An event as it is listed and delivered. */
export const showEvent = ({ sid, created, type, object }: StripeEvent): JsonObject => ({
  id: sid,
  object: 'event',
  api_version: ENDPOINT_VERSION,
  created,
  data: { object },
  livemode: false,
  pending_webhooks: 1,
  request: { id: null, idempotency_key: null },
  type
})

export const createStripeSender = (parts: {
  clock: SimulatorClock
  settings: Settings
  store: StripeStore
  secret: string
  /** Where events go while nobody says otherwise. */
  url?: string | undefined
  stopping: AbortSignal
}): StripeSender => {
  const { settings, store, secret, stopping } = parts
  const usual: StripeDelivery = parts.url === undefined ? {} : { url: parts.url }
  let delivery = usual
  let attempts: StripeAttempt[] = []
  let number = 0
  const timers = new Set<NodeJS.Timeout>()

  const later = (milliseconds: number, work: () => Promise<void>): void => {
    const timer = setTimeout(() => {
      work()
        .catch(() => undefined)
        .finally(() => timers.delete(timer))
    }, milliseconds)
    timers.add(timer)
  }

  const deliver = async (event: StripeEvent, url: string, attempt: number): Promise<void> => {
    const body = JSON.stringify(showEvent(event))
    const seconds = Math.floor(Date.now() / 1_000)
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'stripe-signature': stripeSignature(secret, body, seconds),
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)'
    }
    const status = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.any([stopping, AbortSignal.timeout(ANSWER_LIMIT_MS)])
    }).then(
      async (answer) => {
        await answer.arrayBuffer()
        return answer.status
      },
      () => null
    )
    attempts.push({ eventId: event.sid, type: event.type, attempt, status })
    const wait = RETRIES[attempt - 1]
    if ((status !== null && status >= 200 && status < 300) || wait === undefined || stopping.aborted) return
    later((wait * 1_000) / settings.deliveryTimeScale, () => deliver(event, url, attempt + 1))
  }

  stopping.addEventListener('abort', () => {
    for (const timer of timers) clearTimeout(timer)
  })

  return {
    configure: (wanted) => {
      delivery = { ...usual, ...wanted }
    },
    tell: (type, object) => {
      for (let copy = 0; copy < (delivery.twins === true ? 2 : 1); copy += 1) {
        const event: StripeEvent = {
          sid: store.nextId('evt'),
          created: store.now(),
          type,
          object: structuredClone(object)
        }
        store.events.save(event)
        const { url, duplicates = 0, shuffleMs = 0 } = delivery
        if (url === undefined) continue
        for (let time = 0; time <= duplicates; time += 1) {
          number += 1
          later(seededUnit('stripe', 'delay', number) * shuffleMs, () => deliver(event, url, 1))
        }
      }
    },
    attempts: () => attempts,
    waiting: () => timers.size,
    clear: () => {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      attempts = []
      delivery = usual
    }
  }
}
