import {
  CheckoutEnded,
  CheckoutOpened,
  CreditNoteIssued,
  InvoicePaid,
  InvoiceSent,
  InvoiceVoided
} from '@leadlog/contracts'
import { requestDigest } from '@leadlog/outbound'
import { defineReactor } from '@leadlog/service'
import type { BillingDeps } from '../deps.ts'
import { invoiceOf, invoiceRef, owed } from '../invoice/invoice.ts'
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

/** Nothing, or something else, is owed → the page at Stripe is closed. */
export const closeCheckouts = defineReactor({
  name: 'close-checkouts',
  on: [InvoiceVoided, InvoicePaid, CreditNoteIssued],
  emits: [],
  concurrency: 4,
  handle: async ({ data }, { stripe, effects }: BillingDeps, context) => {
    const invoice = invoiceOf((await context.load(invoiceRef(data.invoiceId))).events)
    const last = invoice.checkouts.at(-1)
    if (stripe === null || last === undefined || invoice.endedSessions.has(last.sessionId)) return
    if (!invoice.paid && !invoice.voided && last.amount === owed(invoice)) return
    await effects.run({
      key: `expire:${last.sessionId}`,
      vendor: 'stripe',
      operation: 'expire-session',
      digest: requestDigest({ sessionId: last.sessionId }),
      policy: 'upsert',
      perform: async () => {
        await stripe.expireSession(last.sessionId)
        return {}
      }
    })
  }
})
