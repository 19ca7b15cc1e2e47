import { InvoiceOverdue, newEvent, type NewEvent } from '@leadlog/contracts'
import { statusOf, type Invoice } from './invoice.ts'

/** The day has passed and nobody paid. Pure. */
export function noteOverdue(invoice: Invoice, now: Date): readonly NewEvent[] {
  const { sent } = invoice
  if (sent === null || statusOf(invoice) !== 'sent' || now.getTime() < Date.parse(sent.dueAt)) return []
  const { invoiceId, personId, dueAt } = sent
  return [newEvent(InvoiceOverdue, invoiceId, { invoiceId, personId, dueAt })]
}
