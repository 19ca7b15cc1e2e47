import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId, Timestamp } from '../scalars.ts'
import { Currency, MinorUnits } from './money.ts'
import { StripeReferences } from './payment.ts'

export const PaymentRefunded = defineEvent({
  type: 'billing.PaymentRefunded.v1',
  aggregate: 'invoice',
  description: 'Money of a payment went back. It may be told before the payment itself.',
  data: Type.Object(
    {
      invoiceId: AggregateId,
      personId: PersonId,
      paymentId: AggregateId,
      /** All that went back of this payment until now, without what failed. */
      refunded: MinorUnits,
      /** The sum as Stripe told it at that time, where that is another. */
      told: Type.Optional(MinorUnits),
      currency: Currency,
      stripe: StripeReferences,
      at: Timestamp
    },
    { additionalProperties: false }
  )
})
