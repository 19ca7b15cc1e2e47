import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId, Timestamp } from '../scalars.ts'
import { Currency, MinorUnits } from './money.ts'
import { PaymentMethod, StripeReferences } from './payment.ts'

export const PaymentRecorded = defineEvent({
  type: 'billing.PaymentRecorded.v1',
  aggregate: 'invoice',
  description: 'Money for an invoice came in. Once per payment, however often and in whatever order it is reported.',
  data: Type.Object(
    {
      invoiceId: AggregateId,
      personId: PersonId,
      paymentId: AggregateId,
      method: PaymentMethod,
      amount: MinorUnits,
      currency: Currency,
      stripe: StripeReferences,
      /** True where a person accepted what did not fit. */
      accepted: Type.Boolean(),
      at: Timestamp
    },
    { additionalProperties: false }
  )
})
