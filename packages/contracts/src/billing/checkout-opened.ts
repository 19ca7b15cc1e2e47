import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId, Timestamp } from '../scalars.ts'
import { Currency, MinorUnits } from './money.ts'

export const CheckoutOpened = defineEvent({
  type: 'billing.CheckoutOpened.v1',
  aggregate: 'invoice',
  description:
    'There is a page at Stripe on which the invoice can be paid, for a day at most. Another follows when somebody asks for it after that.',
  data: Type.Object({
    invoiceId: AggregateId,
    personId: PersonId,
    /** Counts the pages of the invoice from 1. */
    attempt: Type.Integer({ minimum: 1 }),
    sessionId: Type.String({ pattern: '^cs_[A-Za-z0-9_]{1,200}$' }),
    customerId: Type.String({ pattern: '^cus_[A-Za-z0-9_]{1,200}$' }),
    amount: MinorUnits,
    currency: Currency,
    expiresAt: Timestamp
  })
})
