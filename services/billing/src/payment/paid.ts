import { InvoicePaid, newEvent, type NewEvent } from '@leadlog/contracts'
import { owed, type Invoice } from '../invoice/invoice.ts'

/** Says that an invoice is paid where nothing is owed any more and it was not said before. Pure. */
export function paidIfNothingIsOwed(invoice: Invoice, at: string): readonly NewEvent[] {
  const { sent, paid } = invoice
  if (sent === null || paid || owed(invoice) > 0) return []
  const { invoiceId, personId } = sent
  return [newEvent(InvoicePaid, invoiceId, { invoiceId, personId, at })]
}
