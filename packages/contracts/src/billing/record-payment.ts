import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId, OneOf, Timestamp } from '../scalars.ts'
import { Currency, MinorUnits } from './money.ts'

export const RecordPayment = defineCommand({
  service: 'billing',
  name: 'RecordPayment',
  description: 'Writes down money that came in elsewhere than at Stripe. Parts are fine, more than is owed is not.',
  data: Type.Object(
    {
      invoiceId: AggregateId,
      amount: MinorUnits,
      currency: Currency,
      method: OneOf('bank-transfer', 'cash', 'check', 'other'),
      at: Type.Optional(Timestamp)
    },
    { additionalProperties: false }
  ),
  result: Type.Object({ paymentId: AggregateId, balance: MinorUnits }),
  refusals: {
    BILLING_INVOICE_UNKNOWN: 'there is no such invoice',
    BILLING_INVOICE_NOT_SENT: 'a draft or a void invoice cannot be paid',
    BILLING_CURRENCY_DIFFERS: 'the invoice is in another currency',
    BILLING_AMOUNT_NOT_OWED: 'nothing, or more than is owed'
  }
})
