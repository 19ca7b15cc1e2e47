import {
  CheckoutEnded,
  CheckoutOpened,
  CreditNoteIssued,
  EffectSimulated,
  InvoiceDraftSaved,
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
  RefundMade,
  RefundRefused,
  RefundRequested,
  type AggregateRef,
  type DataOf,
  type InvoiceStatus,
  type RecordedEvent
} from '@leadlog/contracts'

import type { ToldAmount } from '../payment/went-back.ts'

export type Draft = DataOf<typeof InvoiceDraftSaved>
export type Checkout = DataOf<typeof CheckoutOpened>
export type Parked = DataOf<typeof PaymentParked>
/** Money that came in, whether it counts on the invoice or not. */
export type Money = Pick<Parked, 'amount' | 'currency' | 'stripe'>
export type Refund = DataOf<typeof RefundRequested>

/** What became of a request; `failed` is one that was made and came back. */
export type SettledRefund = 'made' | 'refused' | 'failed' | 'simulated'

/** An invoice as its history has it. */
export interface Invoice {
  /** The newest; what was sent where it was sent. Null where nothing was written down. */
  readonly draft: Draft | null
  readonly sent: DataOf<typeof InvoiceSent> | null
  readonly voided: boolean
  readonly overdue: boolean
  readonly paid: boolean
  /** Amounts that count, by payment. */
  readonly payments: ReadonlyMap<string, number>
  /** What waits for a person. */
  readonly parked: ReadonlyMap<string, Parked>
  readonly rejected: ReadonlySet<string>
  /** Everything that came in, by payment: what counts, what waits, and what was rejected. */
  readonly money: ReadonlyMap<string, Money>
  /** All that went back and did not fail, by payment. */
  readonly refunded: ReadonlyMap<string, number>
  /** Sums that went back, as Stripe told them. */
  readonly toldRefunds: readonly ToldAmount[]
  /** What came back, by Stripe's refund. */
  readonly failedRefunds: ReadonlyMap<string, ToldAmount>
  /** What somebody asked to give back, by refund. */
  readonly refunds: ReadonlyMap<string, Refund>
  /** Requests of which it is known what became, by refund. */
  readonly settledRefunds: ReadonlyMap<string, SettledRefund>
  readonly disputes: ReadonlyMap<string, DataOf<typeof PaymentDisputed>['status']>
  /** Payments that the bank took back, or may. */
  readonly disputed: ReadonlyMap<string, DataOf<typeof PaymentDisputed>['status']>
  /** By line, from 1. */
  readonly credited: ReadonlyMap<number, number>
  readonly checkouts: readonly Checkout[]
  readonly endedSessions: ReadonlySet<string>
}

export const noInvoice: Invoice = {
  draft: null,
  sent: null,
  voided: false,
  overdue: false,
  paid: false,
  payments: new Map(),
  parked: new Map(),
  rejected: new Set(),
  money: new Map(),
  refunded: new Map(),
  toldRefunds: [],
  failedRefunds: new Map(),
  refunds: new Map(),
  settledRefunds: new Map(),
  disputes: new Map(),
  disputed: new Map(),
  credited: new Map(),
  checkouts: [],
  endedSessions: new Set()
}

export function invoiceRef(invoiceId: string): AggregateRef {
  return { context: 'billing', aggregate: 'invoice', id: invoiceId }
}

/** An invoice after its history. */
export function invoiceOf(events: readonly RecordedEvent[]): Invoice {
  return events.reduce(evolveInvoice, noInvoice)
}

export function evolveInvoice(invoice: Invoice, event: RecordedEvent): Invoice {
  if (isEvent(event, InvoiceDraftSaved)) return { ...invoice, draft: event.data }
  if (isEvent(event, InvoiceSent)) return { ...invoice, sent: event.data }
  if (isEvent(event, InvoiceVoided)) return { ...invoice, voided: true }
  if (isEvent(event, InvoiceOverdue)) return { ...invoice, overdue: true }
  if (isEvent(event, InvoicePaid)) return { ...invoice, paid: true }
  if (isEvent(event, CheckoutOpened)) return { ...invoice, checkouts: [...invoice.checkouts, event.data] }
  if (isEvent(event, CheckoutEnded)) {
    return { ...invoice, endedSessions: new Set([...invoice.endedSessions, event.data.sessionId]) }
  }
  if (isEvent(event, CreditNoteIssued)) return { ...invoice, credited: withCredits(invoice.credited, event.data.lines) }
  return evolvePayments(invoice, event)
}

function evolvePayments(invoice: Invoice, event: RecordedEvent): Invoice {
  if (isEvent(event, PaymentRecorded)) {
    const { paymentId, amount } = event.data
    return {
      ...invoice,
      payments: withEntry(invoice.payments, paymentId, amount),
      parked: without(invoice, paymentId),
      money: withEntry(invoice.money, paymentId, event.data)
    }
  }
  if (isEvent(event, PaymentParked)) {
    const { paymentId } = event.data
    return {
      ...invoice,
      parked: withEntry(invoice.parked, paymentId, event.data),
      money: withEntry(invoice.money, paymentId, event.data)
    }
  }
  if (isEvent(event, PaymentRejected)) {
    const { paymentId } = event.data
    return { ...invoice, parked: without(invoice, paymentId), rejected: new Set([...invoice.rejected, paymentId]) }
  }
  if (isEvent(event, PaymentRefunded)) {
    const { paymentId, refunded, told = refunded, at } = event.data
    return {
      ...invoice,
      refunded: withEntry(invoice.refunded, paymentId, refunded),
      toldRefunds: [...invoice.toldRefunds, { paymentId, amount: told, at }]
    }
  }
  if (isEvent(event, PaymentDisputed)) {
    const { disputeId, paymentId, status } = event.data
    return {
      ...invoice,
      disputes: withEntry(invoice.disputes, disputeId, status),
      disputed: withEntry(invoice.disputed, paymentId, status)
    }
  }
  return evolveRefunds(invoice, event)
}

function evolveRefunds(invoice: Invoice, event: RecordedEvent): Invoice {
  const settled = (refundId: string, how: SettledRefund): Invoice => ({
    ...invoice,
    settledRefunds: withEntry(invoice.settledRefunds, refundId, how)
  })
  if (isEvent(event, RefundRequested)) {
    return { ...invoice, refunds: withEntry(invoice.refunds, event.data.refundId, event.data) }
  }
  if (isEvent(event, RefundMade)) return settled(event.data.refundId, 'made')
  if (isEvent(event, RefundFailed)) {
    const { paymentId, refundId, stripeRefundId, amount, refunded, at } = event.data
    return {
      ...(refundId === null ? invoice : settled(refundId, 'failed')),
      refunded: withEntry(invoice.refunded, paymentId, refunded),
      failedRefunds: withEntry(invoice.failedRefunds, stripeRefundId, { paymentId, amount, at })
    }
  }
  if (isEvent(event, RefundRefused)) return settled(event.data.refundId, 'refused')
  if (isEvent(event, EffectSimulated) && event.data.refundId !== null) return settled(event.data.refundId, 'simulated')
  return invoice
}

export function statusOf({ draft, sent, voided, paid, overdue }: Invoice): InvoiceStatus | null {
  if (draft === null) return null
  if (voided) return 'void'
  if (sent === null) return 'draft'
  if (paid) return 'paid'
  return overdue ? 'overdue' : 'sent'
}

/** What is still to be paid; below nothing where more was credited than was open. Refunds do not open it again. */
export function owed({ draft, credited, payments }: Invoice): number {
  return (draft?.totals.total ?? 0) - sum(credited.values()) - sum(payments.values())
}

export function sum(amounts: Iterable<number>): number {
  return [...amounts].reduce((all, amount) => all + amount, 0)
}

function withEntry<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key, value: Value): ReadonlyMap<Key, Value> {
  return new Map([...map, [key, value]])
}

function without({ parked }: Invoice, paymentId: string): ReadonlyMap<string, Parked> {
  return new Map([...parked].filter(([id]) => id !== paymentId))
}

function withCredits(
  credited: ReadonlyMap<number, number>,
  lines: readonly { readonly line: number; readonly total: number }[]
): ReadonlyMap<number, number> {
  return lines.reduce((all, { line, total }) => withEntry(all, line, (all.get(line) ?? 0) + total), credited)
}
