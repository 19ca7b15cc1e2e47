import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, PersonId } from '../scalars.ts'
import { InvoiceCustomer, InvoiceLine, InvoiceSeller, InvoiceTotals } from './invoice.ts'
import { Currency, Discount } from './money.ts'

export const InvoiceDraftSaved = defineEvent({
  type: 'billing.InvoiceDraftSaved.v1',
  aggregate: 'invoice',
  description: 'An invoice was written down or changed, and reckoned. It has no number and is not owed yet.',
  data: Type.Object({
    invoiceId: AggregateId,
    /** Of the customer. */
    personId: PersonId,
    leadId: Nullable(AggregateId),
    /** Counts from 1. */
    draft: Type.Integer({ minimum: 1 }),
    customer: pii(InvoiceCustomer),
    currency: Currency,
    lines: Type.Array(InvoiceLine, { minItems: 1 }),
    /** What each line is for. */
    texts: pii(Type.Array(Type.String())),
    /** On the whole. */
    discount: Nullable(Discount),
    totals: InvoiceTotals,
    /** As it would stand on the document; absent before it was told. */
    seller: Type.Optional(InvoiceSeller),
    /** Days from sending. */
    dueDays: Type.Integer({ minimum: 0, maximum: 365 })
  })
})
