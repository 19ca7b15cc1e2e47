import {
  CreditNoteIssued,
  InvoiceMailed,
  InvoiceOverdue,
  InvoicePaid,
  InvoiceSent,
  InvoiceVoided,
  isEvent,
  PaymentDisputed,
  PaymentParked,
  PaymentRecorded,
  PaymentRefunded,
  PaymentRejected,
  RefundFailed,
  RefundRefused,
  type DataOf,
  type RecordedEvent
} from '@leadlog/contracts'
import { showMoney } from '@leadlog/invoicing'
import type { TimelineEntry } from './timeline-entry.ts'

/** What a timeline says of invoices and of the money for them. */
export function invoiceEntry(event: RecordedEvent): TimelineEntry | null {
  if (isEvent(event, InvoiceSent)) {
    const { number, total, currency, dueAt, issuedAt } = event.data
    return entry(`Invoice ${number} over ${showMoney(total, currency)}`, `due ${dueAt.slice(0, 10)}`, issuedAt)
  }
  if (isEvent(event, InvoiceMailed)) return entry('Invoice mailed', null, event.data.at)
  if (isEvent(event, InvoiceOverdue)) return entry('Invoice overdue', null, event.data.dueAt)
  if (isEvent(event, InvoicePaid)) return entry('Invoice paid', null, event.data.at)
  if (isEvent(event, InvoiceVoided)) return entry('Invoice void', words(event.data.reason), event.time)
  if (isEvent(event, CreditNoteIssued)) {
    const { number, total, currency, reason, issuedAt } = event.data
    return entry(`Credit note ${number} over ${showMoney(total, currency)}`, words(reason), issuedAt)
  }
  return paymentEntry(event)
}

const PARKED: Readonly<Record<DataOf<typeof PaymentParked>['reason'], string>> = {
  'amount-differs': 'not what is owed',
  'currency-differs': 'another currency than the invoice',
  'not-payable': 'the invoice is void or was never sent',
  'already-paid': 'the invoice was paid already'
}

const DISPUTED = { open: 'is disputed', won: 'stays: the dispute was won', lost: 'is lost: the bank took it back' }

function paymentEntry(event: RecordedEvent): TimelineEntry | null {
  if (isEvent(event, PaymentRecorded)) {
    const { amount, currency, method, accepted, at } = event.data
    const how = accepted ? `${words(method)}, accepted by a person` : words(method)
    return entry(`Paid ${showMoney(amount, currency)}`, how, at, sourceOf(method))
  }
  if (isEvent(event, PaymentParked)) {
    const { amount, currency, reason, at } = event.data
    return entry(`${showMoney(amount, currency)} came in and waits`, PARKED[reason], at, 'stripe')
  }
  if (isEvent(event, PaymentRejected)) return entry('A payment was rejected', null, event.time)
  if (isEvent(event, PaymentRefunded)) {
    const { refunded, currency, at } = event.data
    return entry(`${showMoney(refunded, currency)} of a payment went back`, 'in all', at, 'stripe')
  }
  if (isEvent(event, PaymentDisputed)) {
    const { amount, currency, status, at } = event.data
    return entry(`Payment of ${showMoney(amount, currency)} ${DISPUTED[status]}`, null, at, 'stripe')
  }
  if (isEvent(event, RefundRefused)) {
    const { amount, currency, code, at } = event.data
    return entry(`Stripe did not give ${showMoney(amount, currency)} back`, code, at, 'stripe')
  }
  if (isEvent(event, RefundFailed)) {
    const { amount, currency, reason, at } = event.data
    return entry(`${showMoney(amount, currency)} that went back did not arrive`, reason && words(reason), at, 'stripe')
  }
  return null
}

function sourceOf(method: DataOf<typeof PaymentRecorded>['method']): string {
  return method === 'stripe' ? 'stripe' : 'manual'
}

function words(word: string): string {
  return word.replaceAll(/[-_]/g, ' ')
}

function entry(title: string, detail: string | null, at: string, source = 'billing'): TimelineEntry {
  return { kind: 'invoice', title, detail, at, source }
}
