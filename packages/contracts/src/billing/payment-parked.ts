import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId, Timestamp } from '../scalars.ts'
import { Currency, MinorUnits } from './money.ts'
import { ParkedReason, StripeReferences } from './payment.ts'

export const PaymentParked = defineEvent({
  type: 'billing.PaymentParked.v1',
  aggregate: 'invoice',
  description: 'Money came in that does not fit the invoice; a person says what it is for. Once per payment.',
  data: Type.Object(
    {
      invoiceId: AggregateId,
      personId: PersonId,
      paymentId: AggregateId,
      reason: ParkedReason,
      /** As paid. */
      amount: MinorUnits,
      currency: Currency,
      /** What was owed then. */
      expected: MinorUnits,
      stripe: StripeReferences,
      at: Timestamp
    },
    { additionalProperties: false }
  )
})
