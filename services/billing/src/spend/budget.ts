import {
  isEvent,
  newEvent,
  SPEND_THRESHOLDS,
  SpendBudgetSet,
  SpendThresholdReached,
  type AggregateRef,
  type DataOf,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import { digitsOf } from '@leadlog/invoicing'
import { minorToMicros } from './micros.ts'

type BudgetSet = DataOf<typeof SpendBudgetSet>

/** What may be spent in one currency, and what people were told of it. */
export interface Budget {
  /** For one month each, the newest last. */
  readonly ofMonth: ReadonlyMap<string, number | null>
  /** From a month on. */
  readonly from: ReadonlyMap<string, number | null>
  /** `<month> <threshold> <budget>` */
  readonly reached: ReadonlySet<string>
}

/** One aggregate a currency: a few events a month, whatever is spent. */
export function budgetRef(currency: string): AggregateRef {
  return { context: 'billing', aggregate: 'budget', id: currency }
}

const noBudget: Budget = { ofMonth: new Map(), from: new Map(), reached: new Set() }

export function budgetOf(history: readonly RecordedEvent[]): Budget {
  return history.reduce<Budget>((budget, event) => {
    if (isEvent(event, SpendBudgetSet)) {
      const { month, scope, amount } = event.data
      const part = scope === 'month' ? 'ofMonth' : 'from'
      return { ...budget, [part]: new Map([...budget[part], [month, amount]]) }
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

/** In the minor unit: what was set for the month alone, else what holds from the latest month before it. Null: no budget. */
export function budgetFor(budget: Budget, month: string): number | null {
  const own = budget.ofMonth.get(month) ?? null
  if (own !== null) return own
  let since = ''
  for (const start of budget.from.keys()) if (start <= month && start > since) since = start
  return budget.from.get(since) ?? null
}

/** Sets a budget; what is so already is not set again. Pure. */
export function setBudget(budget: Budget, asked: BudgetSet): readonly NewEvent[] {
  const part = asked.scope === 'month' ? budget.ofMonth : budget.from
  const isSo = part.has(asked.month) ? part.get(asked.month) === asked.amount : asked.amount === null && part.size === 0
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
  const amount = budgetFor(budget, month)
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
