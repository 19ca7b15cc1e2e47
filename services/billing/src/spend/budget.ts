import {
  isEvent,
  newEvent,
  SPEND_THRESHOLDS,
  spendBudgetFor,
  SpendBudgetSet,
  SpendThresholdReached,
  type AggregateRef,
  type DataOf,
  type NewEvent,
  type RecordedEvent,
  type SpendBudgets
} from '@leadlog/contracts'
import { digitsOf } from '@leadlog/invoicing'
import { minorToMicros } from './micros.ts'

type BudgetSet = DataOf<typeof SpendBudgetSet>

/** What may be spent in one currency, and what people were told of it. */
export interface Budget extends SpendBudgets {
  /** `<month> <threshold> <budget>` */
  readonly reached: ReadonlySet<string>
}

/** One aggregate a currency: a few events a month, whatever is spent. */
export function budgetRef(currency: string): AggregateRef {
  return { context: 'billing', aggregate: 'budget', id: currency }
}

const noBudget: Budget = { ofMonth: {}, from: {}, reached: new Set() }

export function budgetOf(history: readonly RecordedEvent[]): Budget {
  return history.reduce<Budget>((budget, event) => {
    if (isEvent(event, SpendBudgetSet)) {
      const { month, scope, amount } = event.data
      const part = scope === 'month' ? 'ofMonth' : 'from'
      return { ...budget, [part]: { ...budget[part], [month]: amount } }
    }
    if (isEvent(event, SpendThresholdReached)) {
      return { ...budget, reached: new Set([...budget.reached, toldKey(event.data)]) }
    }
    return budget
  }, noBudget)
}

function toldKey({ month, threshold, budget }: { month: string; threshold: number; budget: number }): string {
  return `${month} ${threshold} ${budget}`
}

/** Sets a budget; what is so already is not set again. Pure. */
export function setBudget(budget: Budget, asked: BudgetSet): readonly NewEvent[] {
  const part = asked.scope === 'month' ? budget.ofMonth : budget.from
  const now = part[asked.month]
  const isSo = now === undefined ? asked.amount === null && Object.keys(part).length === 0 : now === asked.amount
  return isSo ? [] : [newEvent(SpendBudgetSet, asked.currency, asked)]
}

/** What was spent in a month, in one currency. */
export interface MonthSpent {
  readonly currency: string
  readonly month: string
  readonly micros: bigint
}

/**
 * The thresholds that are reached and were not told of yet. Another amount is another budget: what was told of the one before
 * says nothing about it. A threshold stays reached where a correction takes the sum below it. Pure.
 */
export function thresholdsReached(budget: Budget, spent: MonthSpent, at: string): readonly NewEvent[] {
  const { currency, month, micros } = spent
  const amount = spendBudgetFor(budget, month)
  if (amount === null) return []
  const whole = minorToMicros(amount, digitsOf(currency))
  const above = SPEND_THRESHOLDS.filter((threshold) => micros * 100n >= whole * BigInt(threshold))
  return above
    .filter((threshold) => !budget.reached.has(toldKey({ month, threshold, budget: amount })))
    .map((threshold) =>
      newEvent(SpendThresholdReached, currency, {
        currency,
        month,
        threshold,
        budget: amount,
        usedMicros: Number(micros),
        overtaken: threshold !== above.at(-1),
        at
      })
    )
}
