import { Type, type Static } from '@sinclair/typebox'
import { AggregateId, Nullable, OneOf } from '../scalars.ts'
import { Discount, MinorUnits, Percent, Quantity } from './money.ts'

/** Who an invoice is for; sealed under the person's key wherever it stands. */
export const InvoiceCustomer = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    email: Type.String({ minLength: 3, maxLength: 320, description: 'where the invoice is sent' }),
    company: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    address: Type.Optional(Type.String({ minLength: 1, maxLength: 500, description: 'lines of the postal address' })),
    taxId: Type.Optional(Type.String({ minLength: 1, maxLength: 40 }))
  },
  { additionalProperties: false }
)
export type InvoiceCustomer = Static<typeof InvoiceCustomer>

/** Who sells, as it stands on the document; what was issued keeps it, whatever is configured later. */
export const InvoiceSeller = Type.Object({
  name: Type.String(),
  /** Lines of the postal address. */
  address: Type.Array(Type.String()),
  taxId: Nullable(Type.String())
})
export type InvoiceSeller = Static<typeof InvoiceSeller>

/** A line as it was reckoned. Its text stands beside it, sealed: `texts` of the same place. */
export const InvoiceLine = Type.Object({
  itemId: Nullable(AggregateId),
  itemVersion: Nullable(Type.Integer({ minimum: 1 })),
  quantity: Quantity,
  unitPrice: MinorUnits,
  taxRate: Percent,
  discount: Nullable(Discount),
  /** Quantity times price. */
  gross: MinorUnits,
  /** Its own discount. */
  lineDiscount: MinorUnits,
  /** Its share of the discount on the whole. */
  sharedDiscount: MinorUnits,
  net: MinorUnits,
  tax: MinorUnits,
  total: MinorUnits
})
export type InvoiceLine = Static<typeof InvoiceLine>

export const InvoiceTotals = Type.Object({
  gross: MinorUnits,
  discount: MinorUnits,
  net: MinorUnits,
  tax: MinorUnits,
  total: MinorUnits
})
export type InvoiceTotals = Static<typeof InvoiceTotals>

export const invoiceStatuses = ['draft', 'sent', 'overdue', 'paid', 'void'] as const
export const InvoiceStatus = OneOf(...invoiceStatuses)
export type InvoiceStatus = (typeof invoiceStatuses)[number]

/** Why something of an invoice is undone. Words of a list, since free text could say anything of anybody. */
export const invoiceReasons = [
  'mistake',
  'duplicate',
  'customer-request',
  'not-delivered',
  'goodwill',
  'other'
] as const
export const InvoiceReason = OneOf(...invoiceReasons)

/** A credited line: which, from 1, and how much of it. */
export const CreditedLine = Type.Object({
  line: Type.Integer({ minimum: 1 }),
  net: MinorUnits,
  tax: MinorUnits,
  total: MinorUnits
})
export type CreditedLine = Static<typeof CreditedLine>
