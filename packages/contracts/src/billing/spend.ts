import { Type, type Static } from '@sinclair/typebox'

/** Shares of a budget in per cent at which people are told. */
export const SPEND_THRESHOLDS = [80, 90, 100] as const

export const SpendThreshold = Type.Unsafe<(typeof SPEND_THRESHOLDS)[number]>(
  Type.Union(SPEND_THRESHOLDS.map((threshold) => Type.Literal(threshold)))
)
export type SpendThreshold = Static<typeof SpendThreshold>

/** A month of the calendar, in UTC. */
export const Month = Type.String({
  pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$',
  description: 'month in UTC, such as 2026-11'
})
