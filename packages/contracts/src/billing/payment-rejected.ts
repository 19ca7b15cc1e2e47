import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId } from '../scalars.ts'

export const PaymentRejected = defineEvent({
  type: 'billing.PaymentRejected.v1',
  aggregate: 'invoice',
  description: 'A person decided that a parked payment is not for this invoice. RefundPayment gives the money back.',
  data: Type.Object({ invoiceId: AggregateId, personId: PersonId, paymentId: AggregateId })
})
