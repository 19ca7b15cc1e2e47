import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, OneOf, PersonId, Timestamp } from '../scalars.ts'
import { Currency, RefundAmount } from './money.ts'

export const RefundMade = defineEvent({
  type: 'billing.RefundMade.v1',
  aggregate: 'invoice',
  description:
    'Stripe gives money back that somebody asked it to. Once per request; that it went back is PaymentRefunded, whoever tells of it first.',
  data: Type.Object(
    {
      invoiceId: AggregateId,
      personId: PersonId,
      paymentId: AggregateId,
      refundId: AggregateId,
      stripeRefundId: Type.String({ pattern: '^[a-z]{2,4}_[A-Za-z0-9_]{1,200}$' }),
      /** `pending`: with bank debits the money takes days. */
      status: OneOf('succeeded', 'pending'),
      amount: RefundAmount,
      currency: Currency,
      at: Timestamp
    },
    { additionalProperties: false }
  )
})
