import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'
import { Currency, MinorUnits, RefundAmount } from './money.ts'

export const RefundFailed = defineEvent({
  type: 'billing.RefundFailed.v1',
  aggregate: 'invoice',
  description:
    'A refund that Stripe had made came back: the customer has no money by it, and it can be given back again. Once per refund, whoever asked for it; it may be told before what it takes back.',
  data: Type.Object(
    {
      invoiceId: AggregateId,
      personId: PersonId,
      paymentId: AggregateId,
      /** Null where it was asked for at Stripe. */
      refundId: Nullable(AggregateId),
      stripeRefundId: Type.String({ pattern: '^[a-z]{2,12}_[A-Za-z0-9_]{1,200}$' }),
      amount: RefundAmount,
      currency: Currency,
      /** All that went back of this payment, without what failed. */
      refunded: MinorUnits,
      reason: Nullable(Type.String({ pattern: '^[a-z][a-z_]{0,63}$', description: "a word of Stripe's" })),
      at: Timestamp
    },
    { additionalProperties: false }
  )
})
