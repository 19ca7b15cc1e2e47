import { InvoiceVoided, newEvent, type DataOf, type NewEvent, type Refusal } from '@leadlog/contracts'
import { invoiceUnknown, notVoidable } from '../errors.ts'
import { statusOf, type Invoice } from './invoice.ts'

/** Makes an invoice void on which nothing was paid or credited; one that is stays so. Pure. */
export function voidInvoice(
  invoice: Invoice,
  { invoiceId, reason }: Pick<DataOf<typeof InvoiceVoided>, 'invoiceId' | 'reason'>
): readonly NewEvent[] | Refusal {
  const status = statusOf(invoice)
  if (invoice.draft === null || status === null) return invoiceUnknown(invoiceId)
  if (status === 'void') return []
  const { paid, payments, parked, credited } = invoice
  if (paid || payments.size + parked.size + credited.size > 0) return notVoidable()
  return [newEvent(InvoiceVoided, invoiceId, { invoiceId, personId: invoice.draft.personId, reason })]
}
