import { derivedId, RefundPayment, RefundRequested } from '@leadlog/contracts'
import { digitsOf } from '@leadlog/invoicing'
import { toStripeAmount } from '@leadlog/stripe'
import { defineCommandHandler } from '@leadlog/service'
import type { BillingDeps } from '../deps.ts'
import { amountNotAtStripe, stripeNotConfigured } from '../errors.ts'
import { invoiceOf, invoiceRef } from '../invoice/invoice.ts'
import { refundable, requestRefund } from './refund.ts'

/** Money goes back: it is set aside here, and `make-refunds` asks Stripe. */
export const refundPaymentCommand = defineCommandHandler({
  command: RefundPayment,
  emits: [RefundRequested],
  handle: async (
    { invoiceId, paymentId, amount = null, reason },
    deps: BillingDeps,
    { commandId, clock, transact, load }
  ) => {
    if (deps.stripe === null && !deps.dryRun) return stripeNotConfigured()
    const refundId = derivedId('refund', commandId)
    const order = { invoiceId, paymentId, refundId, amount, reason, at: clock.now().toISOString() }
    const result = await transact({
      load: [invoiceRef(invoiceId)],
      decide: ([history]) => {
        const invoice = invoiceOf(history?.events ?? [])
        const currency = invoice.money.get(paymentId)?.currency
        const asked = amount ?? refundable(invoice, paymentId)
        const isGiven = currency === undefined || toStripeAmount(asked, currency, digitsOf(currency)) !== null
        return isGiven ? requestRefund(invoice, order) : amountNotAtStripe(asked, currency)
      }
    })
    if ('refusal' in result) return result.refusal
    const invoice = invoiceOf((await load(invoiceRef(invoiceId))).events)
    const refund = invoice.refunds.get(refundId)
    if (refund === undefined) throw new Error('a refund was decided and is not there')
    return {
      refundId,
      amount: refund.amount,
      currency: refund.currency,
      left: Math.max(0, refundable(invoice, paymentId))
    }
  }
})
