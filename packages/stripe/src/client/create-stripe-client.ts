import { PermanentError } from '@leadlog/contracts'
import { createVendorClient, type CallEnded, type Circuit, type OutboundLogger } from '@leadlog/outbound'
import type Stripe from 'stripe'
import { classifyStripe } from './refusal.ts'
import { openSdk, unwrapped } from './sdk.ts'
import type { StripeClient, StripeRefund, StripeSession } from './stripe-client.ts'

export interface StripeClientOptions {
  /** `sk_…` or `rk_…` */
  secretKey: string
  /** Default Stripe's own. From `STRIPE_API_URL`, so that a simulator can stand in. */
  baseUrl?: string | undefined
  /** See the vendor client of packages/outbound. */
  privateHosts?: readonly string[]
  circuit?: Circuit
  timeoutMs?: number
  onCallEnded?: (call: CallEnded) => void
  logger?: OutboundLogger
}

const DEFAULT_BASE_URL = 'https://api.stripe.com'
/** The largest page that Stripe gives. */
const PAGE_SIZE = 100

/** A client over Stripe's own library. @throws TypeError for a key that is none */
export function createStripeClient(options: StripeClientOptions): StripeClient {
  const { secretKey, baseUrl = DEFAULT_BASE_URL, privateHosts, circuit, timeoutMs, onCallEnded, logger } = options
  if (!/^(sk|rk)_[A-Za-z0-9_]+$/.test(secretKey)) {
    throw new TypeError('STRIPE_SECRET_KEY must begin with sk_ or rk_, as the dashboard of Stripe shows it')
  }
  const vendor = createVendorClient({
    vendor: 'stripe',
    baseUrl,
    classify: classifyStripe,
    ...(privateHosts === undefined ? {} : { privateHosts }),
    ...(circuit === undefined ? {} : { circuit }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(onCallEnded === undefined ? {} : { onCallEnded }),
    ...(logger === undefined ? {} : { logger })
  })
  const stripe = openSdk(secretKey, vendor)
  return {
    async findCustomer(personId, email) {
      const customers = stripe.customers.list({ email, limit: PAGE_SIZE })
      return unwrapped(
        firstOf(
          customers,
          ({ metadata }) => metadata['leadlog_person'] === personId,
          ({ id }) => id
        )
      )
    },

    async createCustomer({ personId, email, name }, idempotencyKey) {
      const asked = { email, name, metadata: { leadlog_person: personId } }
      return (await unwrapped(stripe.customers.create(asked, { idempotencyKey }))).id
    },

    async createSession(session, idempotencyKey) {
      return sessionOf(await unwrapped(stripe.checkout.sessions.create(sessionParameters(session), { idempotencyKey })))
    },

    async findSession(customerId, metadata) {
      const sessions = stripe.checkout.sessions.list({ customer: customerId, limit: PAGE_SIZE })
      return unwrapped(firstOf(sessions, (session) => hasAll(session.metadata, metadata), sessionOf))
    },

    session: async (id) => sessionOf(await unwrapped(stripe.checkout.sessions.retrieve(id))),

    async expireSession(id) {
      const isOpen = async () => (await unwrapped(stripe.checkout.sessions.retrieve(id))).status === 'open'
      if (!(await isOpen())) return
      try {
        await unwrapped(stripe.checkout.sessions.expire(id))
      } catch (error) {
        // Somebody paid, or it expired, in between.
        if (!(error instanceof PermanentError) || (await isOpen())) throw error
      }
    },

    async paymentMetadata(paymentIntentId) {
      return (await unwrapped(stripe.paymentIntents.retrieve(paymentIntentId))).metadata
    },

    async createRefund({ paymentIntentId, amount, metadata }, idempotencyKey) {
      const asked = { payment_intent: paymentIntentId, amount, metadata: { ...metadata }, expand: ['charge'] }
      return refundOf(await unwrapped(stripe.refunds.create(asked, { idempotencyKey })))
    },

    async findRefund(paymentIntentId, metadata) {
      const refunds = stripe.refunds.list({
        payment_intent: paymentIntentId,
        limit: PAGE_SIZE,
        expand: ['data.charge']
      })
      return unwrapped(firstOf(refunds, (refund) => hasAll(refund.metadata, metadata), refundOf))
    },

    async deleteCustomer(id) {
      try {
        await unwrapped(stripe.customers.del(id))
        return true
      } catch (error) {
        if (error instanceof PermanentError && error.code === 'STRIPE_RESOURCE_MISSING') return false
        throw error
      }
    },

    async account() {
      const {
        id,
        business_profile: profile,
        charges_enabled: takesCharges
      } = await unwrapped(stripe.accounts.retrieveCurrent())
      return { id, name: profile?.name ?? null, takesCharges }
    },

    close: () => vendor.close()
  }
}

function sessionParameters(session: Parameters<StripeClient['createSession']>[0]): Stripe.Checkout.SessionCreateParams {
  const { customerId, amount, currency, title, metadata, reference, successUrl, cancelUrl } = session
  return {
    mode: 'payment',
    customer: customerId,
    client_reference_id: reference,
    // Without expires_at: it would be another at every attempt, and the key stands for one request.
    line_items: [
      {
        quantity: 1,
        price_data: { currency: currency.toLowerCase(), unit_amount: amount, product_data: { name: title } }
      }
    ],
    metadata: { ...metadata },
    payment_intent_data: { metadata: { ...metadata } },
    success_url: successUrl,
    cancel_url: cancelUrl
  }
}

function sessionOf({ id, status, url, expires_at, metadata }: Stripe.Checkout.Session): StripeSession {
  return {
    id,
    status,
    url,
    expiresAt: new Date(expires_at * 1_000),
    metadata: metadata ?? {}
  }
}

function refundOf({ id, status, amount, charge, created }: Stripe.Refund): StripeRefund {
  const refundedInAll = typeof charge === 'object' && charge !== null ? charge.amount_refunded : amount
  return { id, status, amount, refundedInAll, createdAt: new Date(created * 1_000).toISOString() }
}

function hasAll(metadata: Stripe.Metadata | null, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([name, value]) => metadata?.[name] === value)
}

async function firstOf<Item, Found>(
  items: AsyncIterable<Item>,
  fits: (item: Item) => boolean,
  read: (item: Item) => Found
): Promise<Found | null> {
  for await (const item of items) if (fits(item)) return read(item)
  return null
}
