import { CostCorrected, CostRecorded } from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import type { BillingDeps } from '../deps.ts'
import { costCauses, costOf } from './cost-of.ts'
import { costRef, recordCost } from './cost.ts'

/** What tells of a price → a cost, once. Each has an aggregate of its own: a hundred thousand a month do not wait for one another. */
export const recordCosts = defineReactor({
  name: 'record-costs',
  on: costCauses,
  emits: [CostRecorded, CostCorrected],
  concurrency: 16,
  handle: async (event, deps: BillingDeps, context) => {
    const cost = costOf(event)
    if (cost === null) return
    const result = await context.transact({
      load: [costRef(cost.costId)],
      decide: ([history]) => recordCost(history?.events ?? [], cost)
    })
    if ('events' in result && !result.repeated && result.events.length > 0) deps.costs.inc({ kind: cost.kind })
  }
})
