import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId, OneOf } from '../scalars.ts'

export const SettleParkedPayment = defineCommand({
  service: 'billing',
  name: 'SettleParkedPayment',
  description: 'Says what becomes of money that does not fit its invoice: it counts as paid on it, or it does not.',
  data: Type.Object(
    { invoiceId: AggregateId, paymentId: AggregateId, decision: OneOf('accept', 'reject') },
    { additionalProperties: false }
  ),
  result: Type.Object({ paymentId: AggregateId, decision: OneOf('accept', 'reject') }),
  refusals: {
    BILLING_INVOICE_UNKNOWN: 'there is no such invoice',
    BILLING_PAYMENT_NOT_PARKED: 'the payment is not parked, or it was settled before',
    BILLING_INVOICE_NOT_SENT: 'a draft or a void invoice takes no money; reject it and refund it',
    BILLING_CURRENCY_DIFFERS: 'money of another currency cannot count; reject it and refund it'
  }
})
