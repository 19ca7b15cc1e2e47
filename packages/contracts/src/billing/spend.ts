import { Type, type Static } from '@sinclair/typebox'

/** Shares of a budget in per cent at which people are told. */
export const SPEND_THRESHOLDS = [80, 90, 100] as const

export const SpendThreshold = Type.Unsafe<(typeof SPEND_THRESHOLDS)[number]>(
  Type.Union(SPEND_THRESHOLDS.map((threshold) => Type.Literal(threshold)))
)
export type SpendThreshold = Static<typeof SpendThreshold>

/** A month of the calendar, in UTC. */
export const Month = Type.String({
  pattern: '^2[0-9]{3}-(0[1-9]|1[0-2])$',
  description: 'month in UTC, such as 2026-11'
})

/** Budgets by their month, in the minor unit: those of one month alone, and those that hold from a month on. */
export interface SpendBudgets {
  readonly ofMonth: Readonly<Record<string, number | null>>
  readonly from: Readonly<Record<string, number | null>>
}

/** What may be spent in a month: what was set for it alone, else what holds since the latest month before it. Null: no budget. */
export function spendBudgetFor({ ofMonth, from }: SpendBudgets, month: string): number | null {
  const own = ofMonth[month] ?? null
  if (own !== null) return own
  let since = ''
  for (const start of Object.keys(from)) if (start <= month && start > since) since = start
  return from[since] ?? null
}
