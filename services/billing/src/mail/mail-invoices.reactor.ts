import { EffectSimulated, InvoiceMailed, InvoiceSent } from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import type { BillingDeps } from '../deps.ts'
import { invoiceOf, invoiceRef } from '../invoice/invoice.ts'
import { mailInvoice } from './mail-invoice.ts'

/** An invoice that was sent → an e-mail with its PDF and the link to pay it. */
export const mailInvoices = defineReactor({
  name: 'mail-invoices',
  on: [InvoiceSent],
  emits: [InvoiceMailed, EffectSimulated],
  concurrency: 4,
  handle: async (event, deps: BillingDeps, context) => {
    if (!event.data.mail) return
    const ref = invoiceRef(event.data.invoiceId)
    const invoice = invoiceOf((await context.load(ref)).events)
    const note = invoice.voided ? null : await mailInvoice(deps, invoice, event.id)
    if (note === null) return
    const at = context.clock.now().toISOString()
    await context.transact({ load: [ref], decide: ([history]) => note(invoiceOf(history?.events ?? []), at) })
  }
})
