import { newEvent, RefundMade, RefundRefused, RefundRequested, type NewEvent, type Refusal } from '@leadlog/contracts'
import {
  invoiceUnknown,
  paymentDisputed,
  paymentIsParked,
  paymentNotAtStripe,
  paymentUnknown,
  refundTooLarge
} from '../errors.ts'
import type { Invoice, Refund } from '../invoice/invoice.ts'
import { noteRefund } from '../payment/follow-money.ts'

/** What somebody asks to give back; without an amount all that is left. */
export interface RefundOrder {
  readonly invoiceId: string
  readonly paymentId: string
  readonly refundId: string
  readonly amount: number | null
  readonly reason: Refund['reason']
  readonly at: string
}

/**
 * What of a payment can still be given back. Requests of which nobody knows yet what became are set aside, so that several at a
 * time never come to more than was paid. What Stripe was told elsewhere counts as soon as Stripe tells of it.
 */
export function refundable(invoice: Invoice, paymentId: string): number {
  const { amount = 0 } = invoice.money.get(paymentId) ?? {}
  const asked = (how: 'made' | undefined): number =>
    [...invoice.refunds.values()]
      .filter((refund) => refund.paymentId === paymentId && invoice.settledRefunds.get(refund.refundId) === how)
      .reduce((all, refund) => all + refund.amount, 0)
  return amount - Math.max(invoice.refunded.get(paymentId) ?? 0, asked('made')) - asked(undefined)
}

/** Sets money aside that goes back to the customer; it counts whether the payment does or was rejected. Pure. */
export function requestRefund(invoice: Invoice, order: RefundOrder): readonly NewEvent[] | Refusal {
  const { invoiceId, paymentId, refundId, reason, at } = order
  if (invoice.draft === null) return invoiceUnknown(invoiceId)
  if (invoice.refunds.has(refundId)) return []
  const paid = invoice.money.get(paymentId)
  if (paid === undefined) return paymentUnknown(paymentId)
  if (invoice.parked.has(paymentId)) return paymentIsParked(paymentId)
  const { currency, stripe } = paid
  if (stripe.paymentIntentId === null) return paymentNotAtStripe(paymentId)
  const dispute = invoice.disputed.get(paymentId)
  if (dispute === 'open' || dispute === 'lost') return paymentDisputed(paymentId)
  const left = refundable(invoice, paymentId)
  const amount = order.amount ?? left
  if (amount < 1 || amount > left) return refundTooLarge(left, currency)
  const { personId } = invoice.draft
  return [
    newEvent(RefundRequested, invoiceId, {
      invoiceId,
      personId,
      paymentId,
      refundId,
      amount,
      currency,
      reason,
      stripe,
      at
    })
  ]
}

/** What Stripe said to a request. */
export type RefundAnswer =
  | {
      readonly kind: 'made'
      readonly stripeRefundId: string
      readonly status: 'succeeded' | 'pending'
      /** All that went back of the payment until then. */
      readonly refunded: number
      /** When, by Stripe's clock. */
      readonly madeAt: string
    }
  | { readonly kind: 'refused'; readonly code: string }

/** Notes what became of a request, once; and what went back by it, unless a webhook was faster. Pure. */
export function noteRefundAnswer(
  invoice: Invoice,
  refund: Refund,
  answer: RefundAnswer,
  at: string
): readonly NewEvent[] {
  const { invoiceId, personId, paymentId, refundId, amount, currency, stripe } = refund
  if (invoice.settledRefunds.has(refundId)) return []
  const told = { invoiceId, personId, paymentId, refundId, amount, currency, at }
  if (answer.kind === 'refused') return [newEvent(RefundRefused, invoiceId, { ...told, code: answer.code })]
  const { stripeRefundId, status, refunded, madeAt } = answer
  const back = { invoiceId, paymentId, refunded, currency, stripe, at: madeAt }
  return [newEvent(RefundMade, invoiceId, { ...told, stripeRefundId, status }), ...noteRefund(invoice, back)]
}
