import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, OneOf, PersonId, Timestamp } from '../scalars.ts'

export const CheckoutEnded = defineEvent({
  type: 'billing.CheckoutEnded.v1',
  aggregate: 'invoice',
  description: 'The page at Stripe is closed without a payment: nobody paid in time, or the bank refused later.',
  data: Type.Object({
    invoiceId: AggregateId,
    personId: PersonId,
    sessionId: Type.String({ pattern: '^cs_[A-Za-z0-9_]{1,200}$' }),
    outcome: OneOf('expired', 'payment-failed'),
    at: Timestamp
  })
})
