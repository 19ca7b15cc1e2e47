import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, OneOf, Timestamp } from '../scalars.ts'

export const AlertSent = defineEvent({
  type: 'notifications.AlertSent.v1',
  aggregate: 'alert',
  description: 'People were told of terminal failures: one message per failure, or one with a count for a storm.',
  data: Type.Object({
    alertId: AggregateId,
    channel: OneOf('slack', 'log'),
    fingerprint: Type.String(),
    count: Type.Integer({ minimum: 1 }),
    deadLetterIds: Type.Array(Type.String()),
    text: Type.String(),
    firstAt: Timestamp,
    lastAt: Timestamp,
    failedBecause: Nullable(Type.String({ description: 'why no message could be delivered, for good' }))
  })
})
