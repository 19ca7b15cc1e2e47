import { SpendBudgetSet, SpendThresholdReached, type EventOf, type SpendThreshold } from '@leadlog/contracts'
import { column, defineProjection, type RowOfColumns } from '@leadlog/projections'
import { allReadersOnly } from '../database/row-policies.ts'

/** A threshold that was reached. */
export interface ReachedThreshold {
  readonly month: string
  readonly threshold: SpendThreshold
  /** The budget that it was reached of, in the minor unit. */
  readonly budget: number
  readonly usedMicros: number
  readonly at: string
}

const columns = {
  currency: column.text({ primaryKey: true }),
  /** By month: for that month alone. */
  of_month: column.jsonb<Readonly<Record<string, number | null>>>(),
  /** By month: from that month on. */
  from_month: column.jsonb<Readonly<Record<string, number | null>>>(),
  reached: column.jsonb<readonly ReachedThreshold[]>(),
  changed_at: column.timestamptz()
}

export type SpendBudgetRow = RowOfColumns<typeof columns>

/** What may be spent, by currency, and which thresholds were reached. */
export const spendBudgets = defineProjection({
  name: 'gateway-spend-budgets',
  version: 1,
  table: 'gateway.spend_budgets',
  columns,
  on: [SpendBudgetSet, SpendThresholdReached],
  key: (event: EventOf<typeof SpendBudgetSet> | EventOf<typeof SpendThresholdReached>) => event.data.currency,
  aggregateOf: (id) => ({ context: 'billing', aggregate: 'budget', id }),
  evolve: {
    [SpendBudgetSet.type]: (row, event, currency) => {
      const before = row ?? blank(currency, event.time)
      const { month, scope, amount } = event.data
      const part = scope === 'month' ? 'of_month' : 'from_month'
      return { ...before, [part]: { ...before[part], [month]: amount }, changed_at: event.time }
    },
    [SpendThresholdReached.type]: (row, event, currency) => {
      const before = row ?? blank(currency, event.time)
      const { month, threshold, budget, usedMicros, at } = event.data
      return {
        ...before,
        reached: [...before.reached, { month, threshold, budget, usedMicros, at }],
        changed_at: event.time
      }
    }
  },
  setup: allReadersOnly
})

function blank(currency: string, at: string): SpendBudgetRow {
  return { currency, of_month: {}, from_month: {}, reached: [], changed_at: at }
}
