import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId } from '../scalars.ts'
import { InvoiceReason } from './invoice.ts'
import { Currency, MinorUnits, RefundAmount } from './money.ts'

export const RefundPayment = defineCommand({
  service: 'billing',
  name: 'RefundPayment',
  description:
    'Gives a payment that was made at Stripe back, or a part of it. What is owed does not change by it: a credit note says that less is.',
  data: Type.Object(
    {
      invoiceId: AggregateId,
      paymentId: AggregateId,
      amount: Type.Optional(
        Type.Integer({ ...RefundAmount, description: 'in minor units; without it all that is left' })
      ),
      reason: InvoiceReason
    },
    { additionalProperties: false }
  ),
  result: Type.Object({
    refundId: AggregateId,
    amount: MinorUnits,
    currency: Currency,
    left: Type.Integer({ description: 'what of the payment can still be given back' })
  }),
  refusals: {
    BILLING_INVOICE_UNKNOWN: 'there is no such invoice',
    BILLING_PAYMENT_UNKNOWN: 'the invoice has no such payment',
    BILLING_PAYMENT_PARKED: 'it waits for a person: settle it first',
    BILLING_PAYMENT_NOT_AT_STRIPE: 'it came in elsewhere: give it back there, and issue a credit note',
    BILLING_PAYMENT_DISPUTED: 'the bank took it back, or may',
    BILLING_REFUND_TOO_LARGE: 'nothing, or more than is left of the payment',
    BILLING_AMOUNT_NOT_AT_STRIPE: 'Stripe gives no such amount back, such as a single fils',
    BILLING_STRIPE_NOT_CONFIGURED: 'billing has no STRIPE_SECRET_KEY'
  }
})
