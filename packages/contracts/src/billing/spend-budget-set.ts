import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Nullable, OneOf } from '../scalars.ts'
import { Currency, MinorUnits } from './money.ts'
import { Month } from './spend.ts'

export const SpendBudgetSet = defineEvent({
  type: 'billing.SpendBudgetSet.v1',
  aggregate: 'budget',
  description: 'What may be spent in a month, or in each month from one on, in one currency.',
  data: Type.Object({
    currency: Currency,
    month: Month,
    /** month: that month alone, before what stands for every month; from-month: that one and all after it. */
    scope: OneOf('month', 'from-month'),
    /** Null: no budget of this scope any more. */
    amount: Nullable(MinorUnits)
  })
})
