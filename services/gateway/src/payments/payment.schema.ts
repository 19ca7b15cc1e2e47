import {
  Currency,
  DisputeStatus,
  InvoiceReason,
  MinorUnits,
  Nullable,
  OneOf,
  ParkedReason,
  PaymentMethod,
  Timestamp
} from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'

export const paymentStates = ['counted', 'parked', 'rejected'] as const
export const refundStates = ['asked', 'made', 'refused', 'failed', 'simulated'] as const

/** Money that somebody gave back. */
export const PaymentRefund = Type.Object({
  id: Type.String(),
  amount: MinorUnits,
  reason: InvoiceReason,
  state: OneOf(...refundStates),
  code: Nullable(Type.String({ description: 'why Stripe refused, or why it failed later' })),
  stripeRefundId: Nullable(Type.String()),
  by: Type.String({ description: 'who asked for it' }),
  askedAt: Timestamp,
  changedAt: Timestamp
})
export type PaymentRefund = Static<typeof PaymentRefund>

/** The bank of a customer takes a payment back, or tried to. */
export const PaymentDispute = Type.Object({
  id: Type.String({ description: "Stripe's" }),
  status: DisputeStatus,
  amount: MinorUnits,
  at: Timestamp
})
export type PaymentDispute = Static<typeof PaymentDispute>

/** Why money waits, and what it was measured by. */
export const PaymentParking = Type.Object(
  {
    reason: ParkedReason,
    expected: Type.Integer({ description: "what was owed then, in the minor unit of the invoice's currency" }),
    parkedAt: Timestamp
  },
  { description: 'also of what was settled since' }
)

/** Money that came in for an invoice. */
export const Payment = Type.Object({
  id: Type.String({ description: 'commands to `billing` take it as `paymentId`' }),
  invoiceId: Type.String(),
  invoice: Nullable(
    Type.Object(
      { number: Nullable(Type.String()), currency: Currency, customer: Nullable(Type.String()) },
      { description: 'as it is now; the customer is null once they are erased' }
    )
  ),
  leadId: Nullable(Type.String()),
  state: OneOf(...paymentStates),
  method: PaymentMethod,
  amount: MinorUnits,
  currency: Currency,
  parking: Nullable(PaymentParking),
  settledBy: Nullable(Type.String({ description: 'who said what becomes of parked money' })),
  settledAt: Nullable(Timestamp),
  refunded: Type.Integer({ description: 'all that went back, whoever gave it' }),
  refundable: Type.Integer({ description: 'what `RefundPayment` can still give back' }),
  refunds: Type.Array(PaymentRefund, { description: 'asked for here, the oldest first' }),
  disputes: Type.Array(PaymentDispute),
  stripe: Type.Object({ sessionId: Nullable(Type.String()), paymentIntentId: Nullable(Type.String()) }),
  at: Timestamp,
  changedAt: Timestamp
})
export type Payment = Static<typeof Payment>
