import {
  derivedId,
  type DataOf,
  type CheckoutEnded,
  type PaymentDisputed,
  type PaymentRefunded
} from '@leadlog/contracts'
import { fromStripeAmount } from '@leadlog/stripe'
import { Type, type Static, type TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { payloadInvalid } from '../errors.ts'
import { digitsOf, isCurrency } from '@leadlog/invoicing'
import type { Payment } from '../payment/take-payment.ts'
import type { FailedRefund } from '../refund/refund-failed.ts'

/** What an event of Stripe says; `invoiceId` is null where the invoice is known by the payment only. */
export type StripeNews =
  | { readonly kind: 'paid'; readonly payment: Payment }
  | { readonly kind: 'ended'; readonly ended: Omit<DataOf<typeof CheckoutEnded>, 'personId'> }
  | {
      readonly kind: 'refunded'
      readonly invoiceId: string | null
      readonly paymentIntentId: string
      readonly refund: Omit<DataOf<typeof PaymentRefunded>, 'personId' | 'invoiceId'>
    }
  | {
      readonly kind: 'refund-failed'
      readonly invoiceId: null
      readonly paymentIntentId: string
      readonly failed: Omit<FailedRefund, 'invoiceId'>
    }
  | {
      readonly kind: 'disputed'
      readonly invoiceId: null
      readonly paymentIntentId: string
      readonly dispute: Omit<DataOf<typeof PaymentDisputed>, 'personId' | 'invoiceId'>
    }

const Id = Type.String({ minLength: 4 })
const Whole = Type.Integer({ minimum: 0 })
const Event = Type.Object({ type: Type.String(), created: Whole, data: Type.Object({ object: Type.Object({}) }) })
const Session = Type.Object({
  id: Id,
  payment_status: Type.String(),
  amount_total: Whole,
  currency: Type.String(),
  payment_intent: Type.Union([Id, Type.Null()]),
  metadata: Type.Object({ leadlog_invoice: Id })
})
/** Of the payment; a refund of somebody else's has none of ours. */
const ChargeMetadata = Type.Optional(Type.Object({ leadlog_invoice: Type.Optional(Type.Union([Id, Type.Null()])) }))
const Charge = Type.Object({
  amount_refunded: Whole,
  currency: Type.String(),
  payment_intent: Id,
  metadata: ChargeMetadata
})
const Refund = Type.Object({
  id: Id,
  amount: Whole,
  currency: Type.String(),
  payment_intent: Id,
  status: Type.String(),
  failure_reason: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  metadata: Type.Optional(
    Type.Union([Type.Object({ leadlog_refund: Type.Optional(Type.Union([Id, Type.Null()])) }), Type.Null()])
  )
})
const Dispute = Type.Object({
  id: Id,
  amount: Whole,
  currency: Type.String(),
  payment_intent: Id,
  status: Type.String()
})

/** Translates what was kept of an event; null for one that is about nothing of ours, or says nothing yet. Pure. */
export function translateEvent(kept: unknown): StripeNews | null {
  const { type, created, data } = checked(Event, kept)
  if (!mayBeOurs(type, data.object)) return null
  const at = new Date(created * 1_000).toISOString()
  switch (type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
      return paid(checked(Session, data.object), at)
    case 'checkout.session.async_payment_failed':
      return ended(checked(Session, data.object), 'payment-failed', at)
    case 'checkout.session.expired':
      return ended(checked(Session, data.object), 'expired', at)
    case 'charge.refunded':
      return refunded(checked(Charge, data.object), at)
    case 'charge.refund.updated':
    case 'refund.updated':
    case 'refund.failed':
      return refundFailed(checked(Refund, data.object), at)
    case 'charge.dispute.created':
    case 'charge.dispute.closed':
      return disputed(checked(Dispute, data.object), type === 'charge.dispute.closed', at)
    default:
      return null
  }
}

/**
 * An account of Stripe may sell other things too: subscriptions, cards kept for later, charges without a payment. What is told of
 * those has another shape, and is no mistake.
 */
function mayBeOurs(type: string, object: Readonly<Record<string, unknown>>): boolean {
  if (type.startsWith('charge.') || type.startsWith('refund.')) return typeof object['payment_intent'] === 'string'
  const metadata = object['metadata'] as { leadlog_invoice?: unknown } | null | undefined
  return typeof metadata?.leadlog_invoice === 'string'
}

/** Stands for a payment in every report of it: Stripe's id of the payment, or of the page where there is none. */
export function paymentIdOf(reference: string): string {
  return derivedId('stripe-payment', reference)
}

function paid(session: Static<typeof Session>, at: string): StripeNews | null {
  // A page that is completed is not yet paid: a bank debit takes days, and its own event follows.
  if (session.payment_status === 'unpaid') return null
  const { id: sessionId, payment_intent: paymentIntentId, metadata } = session
  const invoiceId = metadata.leadlog_invoice
  return {
    kind: 'paid',
    payment: {
      invoiceId,
      paymentId: paymentIdOf(paymentIntentId ?? sessionId),
      method: 'stripe',
      ...money(session.amount_total, session.currency),
      stripe: { sessionId, paymentIntentId },
      at
    }
  }
}

function ended(
  { id: sessionId, metadata }: Static<typeof Session>,
  outcome: 'expired' | 'payment-failed',
  at: string
): StripeNews {
  return { kind: 'ended', ended: { invoiceId: metadata.leadlog_invoice, sessionId, outcome, at } }
}

function refunded(charge: Static<typeof Charge>, at: string): StripeNews {
  const { payment_intent: paymentIntentId } = charge
  const { amount, currency } = money(charge.amount_refunded, charge.currency)
  return {
    kind: 'refunded',
    invoiceId: charge.metadata?.leadlog_invoice ?? null,
    paymentIntentId,
    refund: {
      paymentId: paymentIdOf(paymentIntentId),
      refunded: amount,
      currency,
      stripe: { sessionId: null, paymentIntentId },
      at
    }
  }
}

/** Null for a refund that did not fail: what went back is told by the charge. */
function refundFailed(refund: Static<typeof Refund>, at: string): StripeNews | null {
  const { id: stripeRefundId, payment_intent: paymentIntentId, status, failure_reason: reason, metadata } = refund
  if (status !== 'failed' && status !== 'canceled') return null
  return {
    kind: 'refund-failed',
    invoiceId: null,
    paymentIntentId,
    failed: {
      paymentId: paymentIdOf(paymentIntentId),
      stripeRefundId,
      refundId: metadata?.leadlog_refund ?? null,
      ...money(refund.amount, refund.currency),
      reason: reason ?? (status === 'canceled' ? 'canceled' : null),
      at
    }
  }
}

function disputed(dispute: Static<typeof Dispute>, isClosed: boolean, at: string): StripeNews {
  const { id: disputeId, payment_intent: paymentIntentId, status } = dispute
  const ending = status === 'lost' ? 'lost' : 'won'
  return {
    kind: 'disputed',
    invoiceId: null,
    paymentIntentId,
    dispute: {
      paymentId: paymentIdOf(paymentIntentId),
      disputeId,
      status: isClosed ? ending : 'open',
      ...money(dispute.amount, dispute.currency),
      at
    }
  }
}

function money(amount: number, currency: string): { amount: number; currency: string } {
  const code = currency.toUpperCase()
  if (!isCurrency(code)) throw payloadInvalid(`${code} is no currency of ISO 4217`)
  const ours = fromStripeAmount(amount, code, digitsOf(code))
  if (ours === null) throw payloadInvalid(`${amount} is no amount of ${code}`)
  return { amount: ours, currency: code }
}

function checked<Schema extends TSchema>(schema: Schema, value: unknown): Static<Schema> {
  const [problem] = Value.Errors(schema, value)
  if (problem !== undefined) throw payloadInvalid(`${problem.path} ${problem.message}`)
  return value
}
