import type { JsonObject } from '../json.ts'
import type {
  StripeCharge,
  StripeCustomer,
  StripeDispute,
  StripeIntent,
  StripeRefund,
  StripeSession
} from './stripe-store.ts'

/** Of the fictional card that pays everything; nothing of it may reach whoever listens. */
export const FICTIONAL_CARD = {
  brand: 'visa',
  last4: '4242',
  fingerprint: 'Fict10nalCardPrnt',
  exp_year: 2031
} as const

const person = (customer: StripeCustomer | undefined): JsonObject => ({
  address: { city: 'Oakland', country: 'US', line1: '1 Fictional Way', line2: null, postal_code: '94607', state: 'CA' },
  email: customer?.email ?? null,
  name: customer?.name ?? null,
  phone: '+14155550142'
})

export const showCustomer = (customer: StripeCustomer): JsonObject => ({
  id: customer.sid,
  object: 'customer',
  address: null,
  balance: 0,
  created: customer.created,
  currency: null,
  delinquent: false,
  description: null,
  email: customer.email,
  livemode: false,
  metadata: customer.metadata,
  name: customer.name,
  phone: null
})

export const showSession = (session: StripeSession, customer?: StripeCustomer): JsonObject => ({
  id: session.sid,
  object: 'checkout.session',
  amount_subtotal: session.amount,
  amount_total: session.amount,
  cancel_url: session.cancelUrl,
  client_reference_id: session.reference,
  created: session.created,
  currency: session.currency,
  customer: session.customer,
  customer_details:
    session.status === 'complete'
      ? { ...person(customer), business_name: null, tax_exempt: 'none', tax_ids: [] }
      : null,
  customer_email: null,
  expires_at: session.expiresAt,
  invoice: null,
  livemode: false,
  metadata: session.metadata,
  mode: 'payment',
  payment_intent: session.intent,
  payment_link: null,
  payment_method_types: ['card', 'us_bank_account'],
  payment_status: session.paymentStatus,
  status: session.status,
  subscription: null,
  success_url: session.successUrl,
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  ui_mode: 'hosted_page',
  url: session.status === 'open' ? `${session.origin}/stripe/c/pay/${session.sid}` : null
})

export const showLineItems = (session: StripeSession): JsonObject => ({
  object: 'list',
  url: `/v1/checkout/sessions/${session.sid}/line_items`,
  has_more: false,
  data: session.items
})

export const showIntent = (intent: StripeIntent): JsonObject => ({
  id: intent.sid,
  object: 'payment_intent',
  amount: intent.amount,
  amount_received: intent.status === 'succeeded' ? intent.amount : 0,
  created: intent.created,
  currency: intent.currency,
  customer: intent.customer,
  latest_charge: intent.charge,
  livemode: false,
  metadata: intent.metadata,
  payment_method_types: ['card', 'us_bank_account'],
  status: intent.status
})

export const showCharge = (charge: StripeCharge, customer?: StripeCustomer): JsonObject => ({
  id: charge.sid,
  object: 'charge',
  amount: charge.amount,
  amount_captured: charge.amount,
  amount_refunded: charge.refunded,
  billing_details: person(customer),
  captured: true,
  created: charge.created,
  currency: charge.currency,
  customer: charge.customer,
  disputed: charge.disputed,
  livemode: false,
  metadata: charge.metadata,
  paid: true,
  payment_intent: charge.intent,
  payment_method_details: {
    card: { ...FICTIONAL_CARD, country: 'US', exp_month: 8, funding: 'credit', network: 'visa' },
    type: 'card'
  },
  receipt_email: customer?.email ?? null,
  refunded: charge.refunded === charge.amount,
  status: 'succeeded'
})

export const showRefund = (refund: StripeRefund): JsonObject => ({
  id: refund.sid,
  object: 'refund',
  amount: refund.amount,
  charge: refund.charge,
  created: refund.created,
  currency: refund.currency,
  metadata: refund.metadata,
  payment_intent: refund.intent,
  reason: null,
  status: refund.failed === undefined ? 'succeeded' : 'failed',
  ...(refund.failed === undefined ? {} : { failure_reason: refund.failed })
})

export const showDispute = (dispute: StripeDispute): JsonObject => ({
  id: dispute.sid,
  object: 'dispute',
  amount: dispute.amount,
  charge: dispute.charge,
  created: dispute.created,
  currency: dispute.currency,
  evidence: { customer_email_address: 'marco.ellison@example.org' },
  livemode: false,
  metadata: {},
  payment_intent: dispute.intent,
  payment_method_details: { card: { brand: FICTIONAL_CARD.brand, network_reason_code: '83' }, type: 'card' },
  reason: 'fraudulent',
  status: dispute.status
})
