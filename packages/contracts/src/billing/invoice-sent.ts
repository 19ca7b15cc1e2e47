import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId, Timestamp } from '../scalars.ts'
import { InvoiceSeller } from './invoice.ts'
import { Currency, MinorUnits } from './money.ts'

export const InvoiceSent = defineEvent({
  type: 'billing.InvoiceSent.v1',
  aggregate: 'invoice',
  description: 'An invoice got its number and is owed from now on; it does not change any more. Once per invoice.',
  data: Type.Object({
    invoiceId: AggregateId,
    personId: PersonId,
    number: Type.String(),
    currency: Currency,
    total: MinorUnits,
    issuedAt: Timestamp,
    dueAt: Timestamp,
    /** Absent before it was told. */
    seller: Type.Optional(InvoiceSeller),
    /** Whether it goes out by e-mail. */
    mail: Type.Boolean()
  })
})
