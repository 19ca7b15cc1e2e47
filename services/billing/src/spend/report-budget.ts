import { spendBudgetFor } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import type { Clock, Logger } from '@leadlog/service'
import type { Gauge } from 'prom-client'
import { digitsOf } from '@leadlog/invoicing'
import { budgetOf, budgetRef } from './budget.ts'
import { minorToMicros } from './micros.ts'
import type { SpendTally } from './tally.ts'

/** Measures at each scrape how much of this month's budgets is used. What cannot be read now is not measured. */
export async function reportBudget(
  gauge: Gauge<'currency'>,
  parts: {
    readonly spend: SpendTally
    readonly log: Pick<EventLog, 'load'>
    readonly clock: Clock
    readonly logger: Logger
  }
): Promise<void> {
  const { spend, log, clock, logger } = parts
  const month = clock.now().toISOString().slice(0, 7)
  gauge.reset()
  try {
    for (const { currency, micros } of await spend.months(month)) {
      const amount = spendBudgetFor(budgetOf((await log.load(budgetRef(currency))).events), month)
      if (amount === null) continue
      gauge.set({ currency }, Number(micros) / Number(minorToMicros(amount, digitsOf(currency))))
    }
  } catch (error) {
    logger.warn({ err: error }, 'how much of the budget is used cannot be measured now')
  }
}
