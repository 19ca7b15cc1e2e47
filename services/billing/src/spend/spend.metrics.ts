import { counter, gauge } from '@leadlog/service'

/** Costs that were taken down. */
export const costsRecorded = counter('leadlog_spend_costs_total', 'Costs that were recorded or corrected', {
  kind: 'language-model, transcription, call, sms, recording, research'
})

/** How much of this month's budget is used; by its alert people learn of it who do not read the channel. */
export const budgetUsed = gauge(
  'leadlog_spend_budget_used_ratio',
  "Share of this month's budget that is used: 1 is all of it. Absent where no budget is set",
  { currency: 'ISO 4217, of the budgets that are set' }
)
