import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, OneOf } from '../scalars.ts'

export const PaymentAlertSent = defineEvent({
  type: 'notifications.PaymentAlertSent.v1',
  aggregate: 'payment-alert',
  description:
    'People were told of money that waits for them: a parked payment, a dispute, or a refund that Stripe refused or that failed later.',
  data: Type.Object({
    alertId: AggregateId,
    channel: OneOf('slack', 'log'),
    paymentId: AggregateId,
    about: OneOf('parked', 'disputed', 'refund-refused', 'refund-failed'),
    text: Type.String(),
    failedBecause: Nullable(Type.String({ description: 'why no message could be delivered, for good' }))
  })
})
