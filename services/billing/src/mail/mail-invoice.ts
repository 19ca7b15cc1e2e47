import { ERASED_TEXT, InvoiceMailed, newEvent, TransientError, type NewEvent } from '@leadlog/contracts'
import { invoicePdf } from '@leadlog/invoice-pdf'
import { showMoney } from '@leadlog/invoicing'
import { escapedHtml } from '@leadlog/mail'
import { requestDigest } from '@leadlog/outbound'
import type { BillingDeps } from '../deps.ts'
import { noteSimulated } from '../dry-run/note-simulated.ts'
import { owed, type Invoice } from '../invoice/invoice.ts'
import { payLink } from '../pay/link.ts'
import { printedInvoice } from './printed-invoice.ts'

/**
 * Mails an invoice, once for each key: a mail of which nobody knows whether it went out is not sent again by itself, but
 * waits in the ledger for a person. Null where there is nobody to write to any more; else how to note it.
 *
 * @throws TransientError, PermanentError as the mailer does
 */
export async function mailInvoice(deps: BillingDeps, invoice: Invoice, key: string): Promise<Mailing | null> {
  const { mailer, effects, dryRun } = deps
  const { draft, sent } = invoice
  if (draft === null || sent === null || draft.customer.email === ERASED_TEXT) return null
  if (dryRun) return noteNotMailed
  if (mailer === null) {
    const message = 'Invoices wait to be mailed: set SMTP_URL and start billing again'
    throw new TransientError('BILLING_MAIL_NOT_CONFIGURED', message, { countsAsAttempt: false })
  }
  const { invoiceId } = sent
  await effects.run({
    key: `mail:${key}`,
    vendor: 'mail',
    operation: 'mail-invoice',
    digest: requestDigest({ invoiceId, key }),
    policy: 'park',
    perform: async () => {
      await mailer.send({
        to: draft.customer.email,
        messageId: `<${key}@leadlog.invalid>`,
        ...wording(deps, invoice, draft, sent),
        attachments: [
          {
            name: `${sent.number}.pdf`,
            type: 'application/pdf',
            content: await invoicePdf(printedInvoice(invoice, deps.seller))
          }
        ]
      })
      return {}
    }
  })
  return noteMailed
}

/** Notes that it went out, or, in a DRY_RUN, that it would have. */
export type Mailing = (invoice: Invoice, at: string) => readonly NewEvent[]

function noteNotMailed(invoice: Invoice, at: string): readonly NewEvent[] {
  const { currency = '' } = invoice.draft ?? {}
  const amount = Math.max(0, owed(invoice))
  return noteSimulated(invoice, { effect: 'mail-invoice', refundId: null, paymentId: null, amount, currency, at })
}

/** That it went out. */
function noteMailed(invoice: Invoice, at: string): readonly NewEvent[] {
  if (invoice.sent === null) return []
  const { invoiceId, personId } = invoice.sent
  return [newEvent(InvoiceMailed, invoiceId, { invoiceId, personId, at })]
}

function wording(
  deps: BillingDeps,
  invoice: Invoice,
  draft: NonNullable<Invoice['draft']>,
  { number, dueAt, invoiceId }: NonNullable<Invoice['sent']>
): { subject: string; text: string; html: string } {
  const open = owed(invoice)
  const link = open > 0 ? payLink(deps, invoiceId) : undefined
  const stand =
    open > 0
      ? `${showMoney(open, draft.currency)} are to be paid until ${dueAt.slice(0, 10)}.`
      : 'it is paid, and nothing is left to pay.'
  const paragraphs = [`Hello ${draft.customer.name},`, `here is invoice ${number} of ${deps.seller.name}: ${stand}`]
  const asHtml = paragraphs.map((paragraph) => `<p>${escapedHtml(paragraph)}</p>`).join('\n')
  return {
    subject: `Invoice ${number} of ${deps.seller.name}`,
    text: [...paragraphs, ...(link === undefined ? [] : [`Pay it here: ${link}`])].join('\n\n'),
    html: link === undefined ? asHtml : `${asHtml}\n<p><a href="${escapedHtml(link)}">Pay the invoice</a></p>`
  }
}
