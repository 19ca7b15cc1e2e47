import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId, Timestamp } from '../scalars.ts'
import { Currency, MinorUnits } from './money.ts'
import { DisputeStatus } from './payment.ts'

export const PaymentDisputed = defineEvent({
  type: 'billing.PaymentDisputed.v1',
  aggregate: 'invoice',
  description:
    'The bank of the customer took a payment back, or the dispute about it ended. At most twice per dispute; an end stands.',
  data: Type.Object({
    invoiceId: AggregateId,
    personId: PersonId,
    paymentId: AggregateId,
    disputeId: Type.String({ pattern: '^[a-z]{2,4}_[A-Za-z0-9_]{1,200}$' }),
    status: DisputeStatus,
    amount: MinorUnits,
    currency: Currency,
    at: Timestamp
  })
})
