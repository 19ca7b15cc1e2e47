import {
  CheckoutEnded,
  InvoicePaid,
  PaymentDisputed,
  PaymentParked,
  PaymentRecorded,
  PaymentRefunded,
  RefundFailed,
  StripeEventIgnored,
  WebhookReceived
} from '@leadlog/contracts'
import { defineReactor, ignoreWebhook, isNothing } from '@leadlog/service'
import { noteEnded } from '../checkout/checkout.ts'
import type { BillingDeps } from '../deps.ts'
import { waitsForStripe } from '../errors.ts'
import { invoiceOf, invoiceRef } from '../invoice/invoice.ts'
import { noteDispute, noteRefund } from '../payment/follow-money.ts'
import { takeStripePayment } from '../payment/take-payment.ts'
import { noteRefundFailed } from '../refund/refund-failed.ts'
import { readEvent } from './read-event.ts'
import { translateEvent, type StripeNews } from './translate-event.ts'

/** Why an event of Stripe changes nothing. */
const OF_NO_INTEREST = { reason: 'of-no-interest', detail: 'It tells of nothing that billing follows' }
const NOT_OURS = { reason: 'not-ours', detail: 'It is about a payment of no invoice of ours' }
const NOT_HERE = { reason: 'invoice-unknown', detail: 'It is about an invoice that is not in this log' }
const KNOWN = { reason: 'nothing-new', detail: 'What it tells was known already' }

/** Stripe's events → payments, refunds, disputes and closed pages; each once, in whatever order they come. */
export const followStripe = defineReactor({
  name: 'follow-stripe',
  on: [WebhookReceived],
  subjects: ['in.stripe.>'],
  emits: [
    PaymentRecorded,
    PaymentParked,
    InvoicePaid,
    PaymentRefunded,
    RefundFailed,
    PaymentDisputed,
    CheckoutEnded,
    StripeEventIgnored
  ],
  concurrency: 8,
  handle: async (event, deps: BillingDeps, context) => {
    if (event.data.disposition === 'ignored') return
    const news = translateEvent(await readEvent(deps.webhooks, event.id, event.data))
    if (news === null) return ignoreWebhook(context, StripeEventIgnored, event.id, OF_NO_INTEREST)
    const invoiceId = await invoiceIdOf(deps, news)
    if (invoiceId === null) return ignoreWebhook(context, StripeEventIgnored, event.id, NOT_OURS)
    let isHere = true
    const result = await context.transact({
      load: [invoiceRef(invoiceId)],
      decide: ([history]) => {
        const invoice = invoiceOf(history?.events ?? [])
        isHere = invoice.draft !== null
        switch (news.kind) {
          case 'paid':
            return takeStripePayment(invoice, news.payment)
          case 'ended':
            return noteEnded(invoice, news.ended)
          case 'refunded':
            return noteRefund(invoice, { ...news.refund, invoiceId })
          case 'refund-failed':
            return noteRefundFailed(invoice, { ...news.failed, invoiceId })
          case 'disputed':
            return noteDispute(invoice, { ...news.dispute, invoiceId })
        }
      }
    })
    if (!isNothing(result)) return
    // Money of ours without its invoice: another system on the same account, or a log that lost its end.
    if (!isHere) context.logger.error({ invoiceId }, 'Stripe tells of an invoice that is not here')
    await ignoreWebhook(context, StripeEventIgnored, event.id, isHere ? KNOWN : NOT_HERE)
  }
})

/** The invoice of a payment: what the event says, else what the payment at Stripe says. Null for a payment that is not ours. */
async function invoiceIdOf({ stripe }: BillingDeps, news: StripeNews): Promise<string | null> {
  if (news.kind === 'paid') return news.payment.invoiceId
  if (news.kind === 'ended') return news.ended.invoiceId
  if (news.invoiceId !== null) return news.invoiceId
  if (stripe === null) {
    throw waitsForStripe('News of a dispute or a refund, of which only Stripe knows whose payment it is about, waits')
  }
  return (await stripe.paymentMetadata(news.paymentIntentId))['leadlog_invoice'] ?? null
}
