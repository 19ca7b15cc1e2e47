import {
  newEvent,
  PaymentParked,
  PaymentRecorded,
  PaymentRejected,
  type DataOf,
  type NewEvent,
  type ParkedReason,
  type Refusal
} from '@leadlog/contracts'
import { amountNotOwed, currencyDiffers, invoiceUnknown, notSent, paymentNotParked } from '../errors.ts'
import { owed, statusOf, type Invoice } from '../invoice/invoice.ts'
import { paidIfNothingIsOwed } from './paid.ts'

/** Money that came in. */
export type Payment = Omit<DataOf<typeof PaymentRecorded>, 'personId' | 'accepted'>

const noStripe = { sessionId: null, paymentIntentId: null }

/**
 * Records a payment that Stripe reports: once, whatever was reported before. What does not fit the invoice exactly is not
 * counted but parked for a person. Pure.
 */
export function takeStripePayment(invoice: Invoice, payment: Payment): readonly NewEvent[] {
  const { draft } = invoice
  if (draft === null || isKnown(invoice, payment.paymentId)) return []
  const reason = misfit(invoice, payment)
  if (reason === null) return recorded(invoice, payment, false)
  const { invoiceId, paymentId, amount, currency, stripe, at } = payment
  const { personId } = draft
  const expected = Math.max(0, owed(invoice))
  return [
    newEvent(PaymentParked, invoiceId, {
      invoiceId,
      personId,
      paymentId,
      reason,
      amount,
      currency,
      expected,
      stripe,
      at
    })
  ]
}

/** Records what one of us saw come in elsewhere; a part of what is owed, or all of it. Pure. */
export function recordPayment(invoice: Invoice, payment: Omit<Payment, 'stripe'>): readonly NewEvent[] | Refusal {
  const status = statusOf(invoice)
  if (invoice.draft === null || status === null) return invoiceUnknown(payment.invoiceId)
  if (isKnown(invoice, payment.paymentId)) return []
  if (status === 'draft' || status === 'void') return notSent(status)
  if (invoice.draft.currency !== payment.currency) return currencyDiffers(invoice.draft.currency)
  const balance = Math.max(0, owed(invoice))
  if (payment.amount === 0 || payment.amount > balance) return amountNotOwed(balance)
  return recorded(invoice, { ...payment, stripe: noStripe }, false)
}

/** What a person says of a parked payment. Pure. */
export function settleParked(
  invoice: Invoice,
  { invoiceId, paymentId, decision }: { invoiceId: string; paymentId: string; decision: 'accept' | 'reject' }
): readonly NewEvent[] | Refusal {
  const status = statusOf(invoice)
  if (invoice.draft === null || status === null) return invoiceUnknown(invoiceId)
  const parked = invoice.parked.get(paymentId)
  if (parked === undefined) return paymentNotParked(paymentId)
  if (decision === 'reject') {
    return [newEvent(PaymentRejected, invoiceId, { invoiceId, personId: invoice.draft.personId, paymentId })]
  }
  if (status === 'draft' || status === 'void') return notSent(status)
  if (parked.currency !== invoice.draft.currency) return currencyDiffers(invoice.draft.currency)
  const { amount, currency, stripe, at } = parked
  return recorded(invoice, { invoiceId, paymentId, method: 'stripe', amount, currency, stripe, at }, true)
}

function isKnown({ payments, parked, rejected }: Invoice, paymentId: string): boolean {
  return payments.has(paymentId) || parked.has(paymentId) || rejected.has(paymentId)
}

function misfit(invoice: Invoice, { amount, currency }: Payment): ParkedReason | null {
  const status = statusOf(invoice)
  if (status === null || status === 'draft' || status === 'void') return 'not-payable'
  if (currency !== invoice.draft?.currency) return 'currency-differs'
  if (status === 'paid') return 'already-paid'
  return amount === owed(invoice) ? null : 'amount-differs'
}

function recorded(invoice: Invoice, payment: Payment, accepted: boolean): readonly NewEvent[] {
  const { invoiceId, paymentId, amount, at } = payment
  const personId = invoice.draft?.personId ?? invoiceId
  const after = { ...invoice, payments: new Map([...invoice.payments, [paymentId, amount]]) }
  return [newEvent(PaymentRecorded, invoiceId, { ...payment, personId, accepted }), ...paidIfNothingIsOwed(after, at)]
}
