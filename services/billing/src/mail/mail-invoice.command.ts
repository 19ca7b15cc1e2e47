import { EffectSimulated, InvoiceMailed, MailInvoice } from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import type { BillingDeps } from '../deps.ts'
import { customerErased, invoiceUnknown, mailNotConfigured, notSent } from '../errors.ts'
import { invoiceOf, invoiceRef, statusOf } from '../invoice/invoice.ts'
import { mailInvoice } from './mail-invoice.ts'

/** An invoice goes out once more. */
export const mailInvoiceCommand = defineCommandHandler({
  command: MailInvoice,
  emits: [InvoiceMailed, EffectSimulated],
  handle: async ({ invoiceId }, deps: BillingDeps, { commandId, clock, load, transact }) => {
    const ref = invoiceRef(invoiceId)
    const invoice = invoiceOf((await load(ref)).events)
    const status = statusOf(invoice)
    if (invoice.draft === null || status === null) return invoiceUnknown(invoiceId)
    if (status === 'draft' || status === 'void') return notSent(status)
    if (deps.mailer === null && !deps.dryRun) return mailNotConfigured()
    const note = await mailInvoice(deps, invoice, commandId)
    if (note === null) return customerErased()
    const at = clock.now().toISOString()
    await transact({ load: [ref], decide: ([history]) => note(invoiceOf(history?.events ?? []), at) })
    return { invoiceId }
  }
})
