import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId, Timestamp } from '../scalars.ts'
import { CreditedLine, InvoiceReason, InvoiceSeller } from './invoice.ts'
import { Currency, MinorUnits } from './money.ts'

export const CreditNoteIssued = defineEvent({
  type: 'billing.CreditNoteIssued.v1',
  aggregate: 'invoice',
  description:
    'A part of an invoice, or all of it, is not owed. All credit notes of an invoice together never exceed it, line by line.',
  data: Type.Object({
    invoiceId: AggregateId,
    personId: PersonId,
    creditNoteId: AggregateId,
    number: Type.String(),
    currency: Currency,
    lines: Type.Array(CreditedLine, { minItems: 1 }),
    net: MinorUnits,
    tax: MinorUnits,
    total: MinorUnits,
    reason: InvoiceReason,
    /** Absent before it was told. */
    seller: Type.Optional(InvoiceSeller),
    issuedAt: Timestamp
  })
})
