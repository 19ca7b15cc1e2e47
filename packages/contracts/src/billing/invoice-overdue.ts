import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId, Timestamp } from '../scalars.ts'

export const InvoiceOverdue = defineEvent({
  type: 'billing.InvoiceOverdue.v1',
  aggregate: 'invoice',
  description: 'The day on which an invoice was due has passed, and it is not paid. At most once per invoice.',
  data: Type.Object({ invoiceId: AggregateId, personId: PersonId, dueAt: Timestamp })
})
