import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Timestamp } from '../scalars.ts'
import { Currency, MinorUnits } from './money.ts'
import { Month, SpendThreshold } from './spend.ts'

export const SpendThresholdReached = defineEvent({
  type: 'billing.SpendThresholdReached.v1',
  aggregate: 'budget',
  description: 'So many per cent of a month’s budget are used. Once per month, threshold and amount of the budget.',
  data: Type.Object({
    currency: Currency,
    month: Month,
    threshold: SpendThreshold,
    budget: MinorUnits,
    /** What was counted when it was noticed. */
    usedMicros: Type.Integer({ minimum: 0 }),
    /** True where a higher one was reached at the same moment: people are told of that one. */
    overtaken: Type.Boolean(),
    at: Timestamp
  })
})
