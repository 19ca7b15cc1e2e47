import {
  InvoicePaid,
  InvoiceSent,
  newEvent,
  type InvoiceSeller,
  type NewEvent,
  type RecordedEvent,
  type Refusal
} from '@leadlog/contracts'
import { invoiceUnknown, notDraft } from '../errors.ts'
import { nextNumber, type Series } from '../numbering/series.ts'
import { statusOf, type Invoice } from './invoice.ts'

const DAY_MS = 86_400_000

/** What sending is decided on. */
export interface SendOrder {
  readonly invoiceId: string
  readonly at: string
  readonly mail: boolean
  readonly series: Series
  readonly seller: InvoiceSeller
}

/** Gives a draft its number: the number and the invoice's own event belong into one transaction. Pure. */
export function send(
  invoice: Invoice,
  numbers: readonly RecordedEvent[],
  { invoiceId, at, mail, series, seller }: SendOrder
): readonly NewEvent[] | Refusal {
  const { draft } = invoice
  const status = statusOf(invoice)
  if (draft === null || status === null) return invoiceUnknown(invoiceId)
  if (status !== 'draft') return notDraft(status)
  const next = nextNumber(series, numbers, { kind: 'invoice', documentId: invoiceId, at })
  const { personId, currency, totals } = draft
  const sent = newEvent(InvoiceSent, invoiceId, {
    invoiceId,
    personId,
    number: next.number,
    currency,
    total: totals.total,
    issuedAt: next.at,
    dueAt: new Date(Date.parse(next.at) + draft.dueDays * DAY_MS).toISOString(),
    seller,
    mail
  })
  // Of nothing nothing is owed.
  const paid = totals.total === 0 ? [newEvent(InvoicePaid, invoiceId, { invoiceId, personId, at: next.at })] : []
  return [sent, next.event, ...paid]
}
