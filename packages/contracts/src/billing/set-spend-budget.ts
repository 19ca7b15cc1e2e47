import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { Nullable, OneOf } from '../scalars.ts'
import { Currency, MinorUnits } from './money.ts'
import { Month } from './spend.ts'

const MOST = 999_999_999_999

export const SetSpendBudget = defineCommand({
  service: 'billing',
  name: 'SetSpendBudget',
  description:
    'Says what may be spent in one currency: each month from this one on, or in one month alone. People are told at 80, 90 and 100 per cent.',
  data: Type.Object(
    {
      currency: Currency,
      amount: Nullable(
        Type.Integer({
          minimum: 1,
          maximum: MOST,
          description: "in the currency's minor unit; null: no budget any more"
        })
      ),
      month: Type.Optional(Month)
    },
    { additionalProperties: false }
  ),
  result: Type.Object({
    currency: Currency,
    month: Month,
    scope: OneOf('month', 'from-month'),
    amount: Nullable(MinorUnits)
  }),
  refusals: { BILLING_CURRENCY_UNKNOWN: 'the currency is none of ISO 4217' }
})
