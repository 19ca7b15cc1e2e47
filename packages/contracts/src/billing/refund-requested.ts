import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId, Timestamp } from '../scalars.ts'
import { InvoiceReason } from './invoice.ts'
import { Currency, RefundAmount } from './money.ts'
import { StripeReferences } from './payment.ts'

export const RefundRequested = defineEvent({
  type: 'billing.RefundRequested.v1',
  aggregate: 'invoice',
  description:
    'Somebody gives money of a payment back. It is set aside from now on, so that no more is given back than was paid; Stripe is asked next.',
  data: Type.Object(
    {
      invoiceId: AggregateId,
      personId: PersonId,
      paymentId: AggregateId,
      refundId: AggregateId,
      amount: RefundAmount,
      currency: Currency,
      reason: InvoiceReason,
      stripe: StripeReferences,
      at: Timestamp
    },
    { additionalProperties: false }
  )
})
