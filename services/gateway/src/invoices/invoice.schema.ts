import {
  CreditedLine,
  Currency,
  Discount,
  InvoiceCustomer,
  InvoiceLine,
  InvoiceReason,
  InvoiceSeller,
  InvoiceStatus,
  InvoiceTotals,
  MinorUnits,
  Nullable,
  OneOf,
  Timestamp
} from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'

export const invoiceSteps = [
  'drafted',
  'changed',
  'sent',
  'mailed',
  'overdue',
  'paid',
  'voided',
  'credited',
  'payment-recorded',
  'payment-parked',
  'payment-rejected',
  'payment-refunded',
  'refund-failed',
  'payment-disputed'
] as const

/** Something that happened to an invoice. */
export const InvoiceStep = Type.Object({
  eventId: Type.String(),
  did: OneOf(...invoiceSteps),
  at: Timestamp,
  by: Type.String({ description: 'who did it: a user, a key, or a service' }),
  amount: Nullable(MinorUnits),
  currency: Nullable(Type.String({ description: "of the amount, where it is not the invoice's" })),
  reason: Nullable(Type.String()),
  reference: Nullable(Type.String({ description: 'the credit note’s number, or the payment’s id' })),
  method: Nullable(Type.String())
})
export type InvoiceStep = Static<typeof InvoiceStep>

/** An invoice in a list. */
export const Invoice = Type.Object({
  id: Type.String({ description: 'commands to `billing` take it as `invoiceId`' }),
  leadId: Nullable(Type.String()),
  status: InvoiceStatus,
  number: Nullable(Type.String({ description: 'null while it is a draft' })),
  /** Null once they are erased. */
  customer: Nullable(InvoiceCustomer),
  currency: Currency,
  total: MinorUnits,
  paid: Type.Integer({ description: 'of payments that count, in minor units' }),
  credited: MinorUnits,
  refunded: MinorUnits,
  balance: Type.Integer({ description: 'what is still owed; 0 for a draft and what is void or paid' }),
  needsPerson: Type.Boolean({ description: 'money came in that does not fit' }),
  savedAt: Timestamp,
  issuedAt: Nullable(Timestamp),
  dueAt: Nullable(Timestamp),
  mailedAt: Nullable(Timestamp),
  paidAt: Nullable(Timestamp),
  changedAt: Timestamp
})
export type Invoice = Static<typeof Invoice>

/** A credit note of an invoice. */
export const CreditNote = Type.Object({
  id: Type.String(),
  number: Type.String(),
  lines: Type.Array(CreditedLine),
  net: MinorUnits,
  tax: MinorUnits,
  total: MinorUnits,
  reason: InvoiceReason,
  issuedAt: Timestamp
})

/** An invoice with its lines and everything that happened to it. */
export const InvoiceDetail = Type.Object({
  ...Invoice.properties,
  draft: Type.Integer({ description: '`SaveInvoice` takes it as `expectedDraft`, so that nobody’s changes are lost' }),
  lines: Type.Array(
    Type.Object({ text: Type.String({ description: 'empty once the customer is erased' }), ...InvoiceLine.properties })
  ),
  /** On the whole. */
  discount: Nullable(Discount),
  totals: InvoiceTotals,
  dueDays: Type.Integer({ description: 'days to pay, from sending' }),
  seller: Nullable(InvoiceSeller),
  creditNotes: Type.Array(CreditNote),
  parkedPayments: Type.Array(Type.String(), { description: 'ids of payments that wait for a person' }),
  history: Type.Array(InvoiceStep, { description: 'the oldest first' })
})
export type InvoiceDetail = Static<typeof InvoiceDetail>

/** What invoices of one currency come to. */
export const InvoiceSums = Type.Object({
  currency: Currency,
  count: Type.Integer(),
  total: Type.Integer(),
  paid: Type.Integer(),
  credited: Type.Integer(),
  balance: Type.Integer({ description: 'what is still owed' })
})
export type InvoiceSums = Static<typeof InvoiceSums>
