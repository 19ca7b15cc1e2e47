import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId, Timestamp } from '../scalars.ts'

export const InvoiceMailed = defineEvent({
  type: 'billing.InvoiceMailed.v1',
  aggregate: 'invoice',
  description:
    'A mail server took the e-mail with the invoice. Once per sending, and once for each time it was asked for again.',
  data: Type.Object({ invoiceId: AggregateId, personId: PersonId, at: Timestamp })
})
