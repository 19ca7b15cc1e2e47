import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId, Timestamp } from '../scalars.ts'
import { Currency, RefundAmount } from './money.ts'

export const RefundRefused = defineEvent({
  type: 'billing.RefundRefused.v1',
  aggregate: 'invoice',
  description:
    'Stripe does not give the money back: nothing moved, and what was set aside is free again. Once per request.',
  data: Type.Object(
    {
      invoiceId: AggregateId,
      personId: PersonId,
      paymentId: AggregateId,
      refundId: AggregateId,
      amount: RefundAmount,
      currency: Currency,
      /** Ours for Stripe's, such as STRIPE_CHARGE_ALREADY_REFUNDED. */
      code: Type.String({ pattern: '^[A-Z][A-Z0-9_]{1,80}$' }),
      at: Timestamp
    },
    { additionalProperties: false }
  )
})
