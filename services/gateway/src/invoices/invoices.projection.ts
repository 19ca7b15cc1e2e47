import {
  CreditNoteIssued,
  ERASED_TEXT,
  InvoiceDraftSaved,
  InvoiceMailed,
  InvoiceOverdue,
  InvoicePaid,
  InvoiceSent,
  InvoiceVoided,
  PaymentDisputed,
  PaymentParked,
  PaymentRecorded,
  PaymentRefunded,
  PaymentRejected,
  PersonErased,
  RefundFailed,
  type DataOf,
  type Discount,
  type EventOf,
  type InvoiceCustomer,
  type InvoiceLine,
  type InvoiceSeller,
  type InvoiceStatus,
  type InvoiceTotals
} from '@leadlog/contracts'
import { column, defineProjection, type RowOfColumns } from '@leadlog/projections'
import { ownLeadsOnly } from '../database/row-policies.ts'
import type { InvoiceStep } from './invoice.schema.ts'

export type StoredCreditNote = Omit<DataOf<typeof CreditNoteIssued>, 'invoiceId' | 'personId' | 'currency'>

const columns = {
  id: column.text({ primaryKey: true }),
  sequence: column.bigint(),
  /** Of the customer; null once they are erased. */
  person_id: column.text({ nullable: true }),
  lead_id: column.text({ nullable: true }),
  status: column.text<InvoiceStatus>(),
  draft: column.integer(),
  number: column.text({ nullable: true }),
  /** Null once they are erased. */
  customer: column.jsonb<InvoiceCustomer>({ nullable: true }),
  /** What is searched in, lower case. */
  words: column.text(),
  currency: column.text(),
  lines: column.jsonb<readonly InvoiceLine[]>(),
  texts: column.jsonb<readonly string[]>(),
  discount: column.jsonb<Discount>({ nullable: true }),
  totals: column.jsonb<InvoiceTotals>(),
  total: column.bigint(),
  due_days: column.integer(),
  seller: column.jsonb<InvoiceSeller>({ nullable: true }),
  saved_at: column.timestamptz(),
  issued_at: column.timestamptz({ nullable: true }),
  due_at: column.timestamptz({ nullable: true }),
  /** The day of the document: of issue, of a draft the day on which it was begun. */
  dated_at: column.timestamptz(),
  mailed_at: column.timestamptz({ nullable: true }),
  paid_at: column.timestamptz({ nullable: true }),
  /** Amounts that count, by payment. */
  payments: column.jsonb<Readonly<Record<string, number>>>(),
  /** What went back, by payment. */
  refunds: column.jsonb<Readonly<Record<string, number>>>(),
  /** Payments that wait for a person. */
  parked: column.jsonb<readonly string[]>(),
  credit_notes: column.jsonb<readonly StoredCreditNote[]>(),
  paid: column.bigint(),
  credited: column.bigint(),
  refunded: column.bigint(),
  history: column.jsonb<readonly InvoiceStep[]>(),
  changed_at: column.timestamptz()
}

export type InvoiceRow = RowOfColumns<typeof columns>

const invoiceEvents = [
  InvoiceDraftSaved,
  InvoiceSent,
  InvoiceMailed,
  InvoiceOverdue,
  InvoicePaid,
  InvoiceVoided,
  CreditNoteIssued,
  PaymentRecorded,
  PaymentParked,
  PaymentRejected,
  PaymentRefunded,
  RefundFailed,
  PaymentDisputed
] as const
type InvoiceEvent = EventOf<(typeof invoiceEvents)[number]>

/**
 * Invoices with what was paid and credited, and what happened to each. Of an erased customer a draft goes; what was sent
 * stays, as the series has no gaps, with its amounts and without a word of whom or what it was for (ADR 77).
 */
export const invoices = defineProjection({
  name: 'gateway-invoices',
  version: 2,
  table: 'gateway.invoices',
  columns,
  indexes: [
    { on: 'dated_at desc, id desc' },
    { on: 'status, dated_at desc, id desc' },
    { on: 'lead_id, dated_at desc, id desc', where: 'lead_id is not null' },
    { on: 'person_id' }
  ],
  on: [...invoiceEvents, PersonErased],
  key: (event: InvoiceEvent | EventOf<typeof PersonErased>) =>
    'erasureId' in event.data ? (event.data.invoiceIds ?? []) : event.data.invoiceId,
  evolve: {
    [PersonErased.type]: (row) =>
      row === null || row.number === null
        ? null
        : {
            ...row,
            person_id: null,
            lead_id: null,
            customer: null,
            // A rebuild reads no texts any more, and must come to the same.
            texts: row.lines.map(() => ''),
            words: row.number.toLowerCase()
          },
    [InvoiceDraftSaved.type]: (row, event, id) => {
      const { personId, leadId, draft, customer, currency, lines, texts, discount, totals, dueDays, seller } =
        event.data
      const known = row ?? blank(id, event.time)
      return happened(known, event, draft === 1 ? 'drafted' : 'changed', {
        person_id: personId,
        lead_id: leadId,
        draft,
        customer: customer.name === ERASED_TEXT ? null : customer,
        words: wordsOf(customer, known.number),
        currency,
        lines,
        texts,
        discount,
        totals,
        total: totals.total,
        due_days: dueDays,
        seller: seller ?? null,
        saved_at: event.time
      })
    },
    [InvoiceSent.type]: (row, event) => {
      if (row === null) return null
      const { number, issuedAt, dueAt, seller } = event.data
      return happened(row, event, 'sent', {
        status: 'sent',
        number,
        words: `${number.toLowerCase()} ${row.words}`,
        issued_at: issuedAt,
        due_at: dueAt,
        dated_at: issuedAt,
        seller: seller ?? row.seller
      })
    },
    [InvoiceMailed.type]: (row, event) => row && happened(row, event, 'mailed', { mailed_at: event.data.at }),
    [InvoiceOverdue.type]: (row, event) =>
      row && happened(row, event, 'overdue', row.status === 'sent' ? { status: 'overdue' } : {}),
    [InvoicePaid.type]: (row, event) => row && happened(row, event, 'paid', { status: 'paid', paid_at: event.data.at }),
    [InvoiceVoided.type]: (row, event) =>
      row && happened(row, event, 'voided', { status: 'void' }, { reason: event.data.reason }),
    [CreditNoteIssued.type]: (row, event) => {
      if (row === null) return null
      const { invoiceId: _of, personId: _whose, currency: _same, ...note } = event.data
      return happened(
        row,
        event,
        'credited',
        { credit_notes: [...row.credit_notes, note], credited: row.credited + note.total },
        { amount: note.total, reference: note.number, reason: note.reason }
      )
    },
    [PaymentRecorded.type]: (row, event) => {
      if (row === null) return null
      const { paymentId, amount, method } = event.data
      const payments = { ...row.payments, [paymentId]: amount }
      const change = { payments, paid: sumOf(payments), parked: without(row.parked, paymentId) }
      return happened(row, event, 'payment-recorded', change, { amount, reference: paymentId, method })
    },
    [PaymentParked.type]: (row, event) => {
      if (row === null) return null
      const { paymentId, amount, currency, reason } = event.data
      const parked = [...without(row.parked, paymentId), paymentId]
      return happened(row, event, 'payment-parked', { parked }, { amount, currency, reference: paymentId, reason })
    },
    [PaymentRejected.type]: (row, event) =>
      row &&
      happened(
        row,
        event,
        'payment-rejected',
        { parked: without(row.parked, event.data.paymentId) },
        { reference: event.data.paymentId }
      ),
    [PaymentRefunded.type]: (row, event) => {
      if (row === null) return null
      const { paymentId, refunded } = event.data
      const refunds = { ...row.refunds, [paymentId]: refunded }
      return happened(
        row,
        event,
        'payment-refunded',
        { refunds, refunded: sumOf(refunds) },
        { amount: refunded, reference: paymentId }
      )
    },
    [RefundFailed.type]: (row, event) => {
      if (row === null) return null
      const { paymentId, amount, currency, refunded, reason } = event.data
      const refunds = { ...row.refunds, [paymentId]: refunded }
      return happened(
        row,
        event,
        'refund-failed',
        { refunds, refunded: sumOf(refunds) },
        { amount, currency, reference: paymentId, reason }
      )
    },
    [PaymentDisputed.type]: (row, event) => {
      if (row === null) return null
      const { amount, currency, status, paymentId } = event.data
      return happened(row, event, 'payment-disputed', {}, { amount, currency, reference: paymentId, reason: status })
    }
  },
  isShown: (row) => row.draft > 0,
  setup: ownLeadsOnly('lead_id')
})

type Told = Partial<Pick<InvoiceStep, 'amount' | 'currency' | 'reason' | 'reference' | 'method'>>

function happened(
  row: InvoiceRow,
  { id, sequence, time, actor }: InvoiceEvent,
  did: InvoiceStep['did'],
  change: Partial<InvoiceRow>,
  told: Told = {}
): InvoiceRow {
  if (sequence <= row.sequence) return row
  const nothing = { amount: null, currency: null, reason: null, reference: null, method: null }
  const step: InvoiceStep = { eventId: id, did, at: time, by: actor, ...nothing, ...told }
  return { ...row, ...change, sequence, changed_at: time, history: [...row.history, step] }
}

function wordsOf({ name, company, email }: InvoiceCustomer, number: string | null): string {
  return [number, name, company, email]
    .filter((text) => typeof text === 'string' && text !== ERASED_TEXT)
    .join(' ')
    .toLowerCase()
}

function without(ids: readonly string[], id: string): readonly string[] {
  return ids.filter((one) => one !== id)
}

function sumOf(amounts: Readonly<Record<string, number>>): number {
  return Object.values(amounts).reduce((sum, amount) => sum + amount, 0)
}

function blank(id: string, at: string): InvoiceRow {
  const nothing = { gross: 0, discount: 0, net: 0, tax: 0, total: 0 }
  return {
    id,
    sequence: 0,
    person_id: null,
    lead_id: null,
    status: 'draft',
    draft: 0,
    number: null,
    customer: null,
    words: '',
    currency: '',
    lines: [],
    texts: [],
    discount: null,
    totals: nothing,
    total: 0,
    due_days: 0,
    seller: null,
    saved_at: at,
    issued_at: null,
    due_at: null,
    dated_at: at,
    mailed_at: null,
    paid_at: null,
    payments: {},
    refunds: {},
    parked: [],
    credit_notes: [],
    paid: 0,
    credited: 0,
    refunded: 0,
    history: [],
    changed_at: at
  }
}
