import {
  CheckoutEnded,
  CheckoutOpened,
  CreditNoteIssued,
  EffectSimulated,
  InvoicePaid,
  InvoiceSent,
  InvoiceVoided,
  PaymentRecorded
} from '@leadlog/contracts'
import { requestDigest } from '@leadlog/outbound'
import { defineReactor } from '@leadlog/service'
import type { BillingDeps } from '../deps.ts'
import { noteSimulated } from '../dry-run/note-simulated.ts'
import { invoiceOf, invoiceRef, owed } from '../invoice/invoice.ts'
import { isPayable, pagesToClose } from './checkout.ts'
import { ensureCheckout } from './ensure-checkout.ts'

/** An invoice that was sent → a customer and a page to pay on, at Stripe. */
export const openCheckouts = defineReactor({
  name: 'open-checkouts',
  on: [InvoiceSent],
  emits: [CheckoutOpened, CheckoutEnded, EffectSimulated],
  concurrency: 8,
  handle: async ({ data }, deps: BillingDeps, context) => {
    if (!deps.dryRun) return void (await ensureCheckout(deps, data.invoiceId))
    await context.transact({
      load: [invoiceRef(data.invoiceId)],
      decide: ([history]) => {
        const invoice = invoiceOf(history?.events ?? [])
        const { currency, issuedAt: at } = data
        const simulated = {
          effect: 'open-checkout' as const,
          refundId: null,
          paymentId: null,
          amount: owed(invoice),
          currency,
          at
        }
        return isPayable(invoice) ? noteSimulated(invoice, simulated) : []
      }
    })
  }
})

/** Nothing, or something else, is owed → pages at Stripe are closed; one that was opened meanwhile too. */
export const closeCheckouts = defineReactor({
  name: 'close-checkouts',
  on: [InvoiceVoided, InvoicePaid, CreditNoteIssued, PaymentRecorded, CheckoutOpened],
  emits: [EffectSimulated],
  concurrency: 4,
  handle: async ({ data }, { stripe, effects, dryRun }: BillingDeps, context) => {
    const ref = invoiceRef(data.invoiceId)
    const invoice = invoiceOf((await context.load(ref)).events)
    for (const { sessionId, amount, currency } of pagesToClose(invoice)) {
      if (dryRun) {
        const at = context.clock.now().toISOString()
        const simulated = { effect: 'close-checkout' as const, refundId: null, paymentId: null, amount, currency, at }
        await context.transact({
          step: sessionId,
          load: [ref],
          decide: ([history]) => noteSimulated(invoiceOf(history?.events ?? []), simulated)
        })
      }
      if (stripe === null) continue
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
