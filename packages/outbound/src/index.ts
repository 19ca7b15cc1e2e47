export {
  createBudget,
  type AcquireOptions,
  type Budget,
  type BudgetOptions,
  type BudgetSnapshot
} from './budget/budget.ts'
export { DEFAULT_LANE_SHARES, LANES, type LaneShare } from './budget/lanes.ts'
export { OutcomeUnknownError, type UnknownReason } from './errors.ts'
export type { OutboundLogger } from './logger.ts'
