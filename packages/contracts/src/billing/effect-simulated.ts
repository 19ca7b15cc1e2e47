import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, OneOf, PersonId, Timestamp } from '../scalars.ts'
import { Currency, MinorUnits } from './money.ts'

/** What billing does on the outside. */
export const billingEffects = ['open-checkout', 'close-checkout', 'mail-invoice', 'refund'] as const

export const EffectSimulated = defineEvent({
  type: 'billing.EffectSimulated.v1',
  aggregate: 'invoice',
  description:
    'DRY_RUN: what would have been done at Stripe or mailed. Nothing was called. Once per effect and its cause.',
  data: Type.Object(
    {
      invoiceId: AggregateId,
      personId: PersonId,
      effect: OneOf(...billingEffects),
      /** Of a refund: its id, and that of the payment. */
      refundId: Nullable(AggregateId),
      paymentId: Nullable(AggregateId),
      amount: MinorUnits,
      currency: Currency,
      at: Timestamp
    },
    { additionalProperties: false }
  )
})
