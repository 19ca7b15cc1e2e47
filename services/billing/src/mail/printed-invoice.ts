import type { PrintedInvoice } from '@leadlog/invoice-pdf'
import type { Invoice } from '../invoice/invoice.ts'
import { ERASED_TEXT, type InvoiceSeller } from '@leadlog/contracts'

/**
 * An invoice as it is printed.
 *
 * @param seller stands on what was sent before the seller was told with it
 * @throws TypeError for one that has no number yet
 */
export function printedInvoice({ draft, sent, voided }: Invoice, seller: InvoiceSeller): PrintedInvoice {
  if (draft === null || sent === null) throw new TypeError('only an invoice that was sent is printed')
  const { customer, currency, lines, texts, totals } = draft
  return {
    seller: sent.seller ?? seller,
    customer: customer.name === ERASED_TEXT ? null : customer,
    currency,
    texts,
    sent,
    savedAt: sent.issuedAt,
    voided,
    lines,
    totals
  }
}
