import {
  CheckoutEnded,
  CheckoutOpened,
  CreditNoteIssued,
  InvoicePaid,
  InvoiceSent,
  InvoiceVoided,
  PaymentRecorded
} from '@leadlog/contracts'
import { requestDigest } from '@leadlog/outbound'
import { defineReactor } from '@leadlog/service'
import type { BillingDeps } from '../deps.ts'
import { invoiceOf, invoiceRef } from '../invoice/invoice.ts'
import { pagesToClose } from './checkout.ts'
import { ensureCheckout } from './ensure-checkout.ts'

/** An invoice that was sent → a customer and a page to pay on, at Stripe. */
export const openCheckouts = defineReactor({
  name: 'open-checkouts',
  on: [InvoiceSent],
  emits: [CheckoutOpened, CheckoutEnded],
  concurrency: 8,
  handle: async ({ data }, deps: BillingDeps) => {
    await ensureCheckout(deps, data.invoiceId)
  }
})

/** Nothing, or something else, is owed → pages at Stripe are closed; one that was opened meanwhile too. */
export const closeCheckouts = defineReactor({
  name: 'close-checkouts',
  on: [InvoiceVoided, InvoicePaid, CreditNoteIssued, PaymentRecorded, CheckoutOpened],
  emits: [],
  concurrency: 4,
  handle: async ({ data }, { stripe, effects }: BillingDeps, context) => {
    const invoice = invoiceOf((await context.load(invoiceRef(data.invoiceId))).events)
    if (stripe === null) return
    for (const { sessionId } of pagesToClose(invoice)) {
      await effects.run({
        key: `expire:${sessionId}`,
        vendor: 'stripe',
        operation: 'expire-session',
        digest: requestDigest({ sessionId }),
        policy: 'upsert',
        perform: async () => {
          await stripe.expireSession(sessionId)
          return {}
        }
      })
    }
  }
})
