import {
  derivedId,
  InvoicePaid,
  PaymentRecorded,
  PaymentRejected,
  RecordPayment,
  SettleParkedPayment
} from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import type { BillingDeps } from '../deps.ts'
import { invoiceOf, invoiceRef, owed } from '../invoice/invoice.ts'
import { recordPayment, settleParked } from './take-payment.ts'

/** Money came in elsewhere than at Stripe. */
export const recordPaymentCommand = defineCommandHandler({
  command: RecordPayment,
  emits: [PaymentRecorded, InvoicePaid],
  handle: async ({ at, ...asked }, _deps: BillingDeps, { commandId, sentAt, transact, load }) => {
    const paymentId = derivedId('payment', commandId)
    const ref = invoiceRef(asked.invoiceId)
    const result = await transact({
      load: [ref],
      decide: ([history]) => recordPayment(invoiceOf(history?.events ?? []), { ...asked, paymentId, at: at ?? sentAt })
    })
    if ('refusal' in result) return result.refusal
    return { paymentId, balance: Math.max(0, owed(invoiceOf((await load(ref)).events))) }
  }
})

/** A person says what becomes of money that does not fit. */
export const settleParkedPaymentCommand = defineCommandHandler({
  command: SettleParkedPayment,
  emits: [PaymentRecorded, InvoicePaid, PaymentRejected],
  handle: async (asked, _deps: BillingDeps, { transact }) => {
    const result = await transact({
      load: [invoiceRef(asked.invoiceId)],
      decide: ([history]) => settleParked(invoiceOf(history?.events ?? []), asked)
    })
    if ('refusal' in result) return result.refusal
    return { paymentId: asked.paymentId, decision: asked.decision }
  }
})
