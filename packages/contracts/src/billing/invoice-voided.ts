import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId } from '../scalars.ts'
import { InvoiceReason } from './invoice.ts'

export const InvoiceVoided = defineEvent({
  type: 'billing.InvoiceVoided.v1',
  aggregate: 'invoice',
  description: 'An invoice on which nothing was paid is void. Its number, where it had one, stays taken.',
  data: Type.Object({ invoiceId: AggregateId, personId: PersonId, reason: InvoiceReason })
})
