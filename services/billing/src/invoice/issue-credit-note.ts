import {
  CreditNoteIssued,
  newEvent,
  type DataOf,
  type InvoiceSeller,
  type NewEvent,
  type RecordedEvent,
  type Refusal
} from '@leadlog/contracts'
import { creditLines, type CreditRequest } from '@leadlog/invoicing'
import { invoiceUnknown, notSent } from '../errors.ts'
import { nextNumber, type Series } from '../numbering/series.ts'
import { evolveInvoice, statusOf, sum, type Invoice } from './invoice.ts'
import { paidIfNothingIsOwed } from '../payment/paid.ts'

/** What is to be credited. */
export interface CreditOrder {
  readonly invoiceId: string
  readonly creditNoteId: string
  readonly lines: CreditRequest
  readonly reason: DataOf<typeof CreditNoteIssued>['reason']
  readonly at: string
  readonly series: Series
  readonly seller: InvoiceSeller
}

/** Takes back what is left of lines, or parts of it; its number comes in the same transaction. Pure. */
export function issueCreditNote(
  invoice: Invoice,
  numbers: readonly RecordedEvent[],
  order: CreditOrder
): readonly NewEvent[] | Refusal {
  const { invoiceId, creditNoteId, reason, series, seller } = order
  const status = statusOf(invoice)
  if (invoice.draft === null || status === null) return invoiceUnknown(invoiceId)
  if (status === 'draft' || status === 'void') return notSent(status)
  const lines = creditLines(invoice.draft.lines, invoice.credited, order.lines)
  if ('refused' in lines) return lines
  const next = nextNumber(series, numbers, { kind: 'credit-note', documentId: creditNoteId, at: order.at })
  const { personId, currency } = invoice.draft
  const issued = newEvent(CreditNoteIssued, invoiceId, {
    invoiceId,
    personId,
    creditNoteId,
    number: next.number,
    currency,
    lines: [...lines],
    net: sum(lines.map(({ net }) => net)),
    tax: sum(lines.map(({ tax }) => tax)),
    total: sum(lines.map(({ total }) => total)),
    reason,
    seller,
    issuedAt: next.at
  })
  const after = evolveInvoice(invoice, asRecorded(issued))
  return [issued, next.event, ...paidIfNothingIsOwed(after, next.at)]
}

/** For folding what is only decided. */
function asRecorded({ definition, data }: NewEvent): RecordedEvent {
  return { type: definition.type, data } as unknown as RecordedEvent
}
