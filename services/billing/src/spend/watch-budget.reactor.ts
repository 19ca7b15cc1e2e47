import { CostCorrected, CostRecorded, isEvent, SpendBudgetSet, SpendThresholdReached } from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import type { BillingDeps } from '../deps.ts'
import { budgetOf, budgetRef, thresholdsReached } from './budget.ts'

/**
 * Costs and budgets → the thresholds that are reached. A cost is counted first and its month summed up after that: of those that
 * are counted at the same time, the last sees all of them.
 */
export const watchBudget = defineReactor({
  name: 'watch-budget',
  on: [CostRecorded, CostCorrected, SpendBudgetSet],
  emits: [SpendThresholdReached],
  concurrency: 8,
  handle: async (event, { spend }: BillingDeps, context) => {
    const { currency } = event.data
    if (!isEvent(event, SpendBudgetSet)) {
      const { costId, amountMicros: micros, usedAt } = event.data
      await spend.count({ costId, sequence: event.sequence, micros, currency, usedAt })
    }
    const now = context.clock.now().toISOString()
    const months = isEvent(event, SpendBudgetSet)
      ? new Set([event.data.month, ...(event.data.scope === 'month' ? [] : [now.slice(0, 7)])])
      : new Set([event.data.usedAt.slice(0, 7)])
    for (const month of months) {
      const spent = await spend.month(currency, month)
      await context.transact({
        step: month,
        load: [budgetRef(currency)],
        decide: ([history]) => thresholdsReached(budgetOf(history?.events ?? []), spent, now)
      })
    }
  }
})
