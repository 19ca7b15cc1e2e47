/** Looking at budgets without taking from them: what the gateway and the operators' CLI use. */
export { readAccounts } from './read-accounts.ts'
export { reportBudgets, type Backlog, type BudgetReport, type LaneReport } from './report.ts'
export type { AccountState } from './account-state.ts'
export { LANES } from '../budget/lanes.ts'
