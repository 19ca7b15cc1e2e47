import { Type } from '@sinclair/typebox'
import { Currency } from '../billing/money.ts'
import { Month, SpendThreshold } from '../billing/spend.ts'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, OneOf } from '../scalars.ts'

export const SpendAlertSent = defineEvent({
  type: 'notifications.SpendAlertSent.v1',
  aggregate: 'spend-alert',
  description: 'People were told how much of a month’s budget is used. Once per threshold that was reached.',
  data: Type.Object({
    alertId: AggregateId,
    channel: OneOf('slack', 'log'),
    currency: Currency,
    month: Month,
    threshold: SpendThreshold,
    text: Type.String(),
    failedBecause: Nullable(Type.String({ description: 'why no message could be delivered, for good' }))
  })
})
