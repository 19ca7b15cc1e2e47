import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId, Timestamp } from '../scalars.ts'

export const InvoicePaid = defineEvent({
  type: 'billing.InvoicePaid.v1',
  aggregate: 'invoice',
  description:
    'Nothing of an invoice is owed any more: it was paid, or credited. Once per invoice; what is refunded later does not open it again.',
  data: Type.Object({ invoiceId: AggregateId, personId: PersonId, at: Timestamp })
})
