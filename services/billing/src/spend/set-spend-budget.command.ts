import { SetSpendBudget, SpendBudgetSet } from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import type { BillingDeps } from '../deps.ts'
import { currencyUnknown } from '../errors.ts'
import { isCurrency } from '@leadlog/invoicing'
import { budgetOf, budgetRef, setBudget } from './budget.ts'

/** Somebody says what may be spent. */
export const setSpendBudgetCommand = defineCommandHandler({
  command: SetSpendBudget,
  emits: [SpendBudgetSet],
  handle: async ({ currency, amount, month }, _deps: BillingDeps, { sentAt, transact }) => {
    if (!isCurrency(currency)) return currencyUnknown(currency)
    const asked = {
      currency,
      amount,
      month: month ?? sentAt.slice(0, 7),
      scope: month === undefined ? ('from-month' as const) : ('month' as const)
    }
    const result = await transact({
      load: [budgetRef(currency)],
      decide: ([history]) => setBudget(budgetOf(history?.events ?? []), asked)
    })
    return 'refusal' in result ? result.refusal : asked
  }
})
