import { Type, type Static } from '@sinclair/typebox'
import { Nullable, OneOf } from '../scalars.ts'

/**
 * Stripe's ids of what belongs to a payment, each of its own form and nothing beside them: whatever else Stripe knows of a
 * payment cannot be written down, card data least of all.
 */
export const StripeReferences = Type.Object(
  {
    sessionId: Nullable(Type.String({ pattern: '^cs_[A-Za-z0-9_]{1,200}$' })),
    paymentIntentId: Nullable(Type.String({ pattern: '^pi_[A-Za-z0-9_]{1,200}$' }))
  },
  { additionalProperties: false }
)
export type StripeReferences = Static<typeof StripeReferences>

export const paymentMethods = ['stripe', 'bank-transfer', 'cash', 'check', 'other'] as const
export const PaymentMethod = OneOf(...paymentMethods)

/** Why a payment waits for a person. */
export const parkedReasons = ['amount-differs', 'currency-differs', 'not-payable', 'already-paid'] as const
export const ParkedReason = OneOf(...parkedReasons)
export type ParkedReason = Static<typeof ParkedReason>

export const DisputeStatus = OneOf('open', 'won', 'lost')
