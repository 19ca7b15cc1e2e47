import { ERASED_TEXT, InvoiceMailed, MailInvoice } from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import type { BillingDeps } from '../deps.ts'
import { customerErased, invoiceUnknown, mailNotConfigured, notSent } from '../errors.ts'
import { invoiceOf, invoiceRef, statusOf } from '../invoice/invoice.ts'
import { mailInvoice, noteMailed } from './mail-invoice.ts'

/** An invoice goes out once more. */
export const mailInvoiceCommand = defineCommandHandler({
  command: MailInvoice,
  emits: [InvoiceMailed],
  handle: async ({ invoiceId }, deps: BillingDeps, { commandId, clock, load, transact }) => {
    const ref = invoiceRef(invoiceId)
    const invoice = invoiceOf((await load(ref)).events)
    const status = statusOf(invoice)
    if (invoice.draft === null || status === null) return invoiceUnknown(invoiceId)
    if (status === 'draft' || status === 'void') return notSent(status)
    if (invoice.draft.customer.email === ERASED_TEXT) return customerErased()
    if (deps.mailer === null) return mailNotConfigured()
    await mailInvoice(deps, invoice, commandId)
    const at = clock.now().toISOString()
    await transact({ load: [ref], decide: ([history]) => noteMailed(invoiceOf(history?.events ?? []), at) })
    return { invoiceId }
  }
})
