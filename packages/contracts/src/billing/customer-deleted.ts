import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, OneOf, PersonId, Timestamp } from '../scalars.ts'

export const CustomerDeleted = defineEvent({
  type: 'billing.CustomerDeleted.v1',
  aggregate: 'customer',
  description:
    'A person was erased, so their customer at Stripe is deleted, or would be in a DRY_RUN. Once per customer and erasure.',
  data: Type.Object(
    {
      personId: PersonId,
      erasureId: AggregateId,
      customerId: Type.String({ pattern: '^cus_[A-Za-z0-9_]{1,200}$' }),
      outcome: OneOf('deleted', 'gone', 'simulated'),
      at: Timestamp
    },
    { additionalProperties: false }
  )
})
