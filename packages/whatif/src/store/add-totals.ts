import type { ReadAgain } from '../read/read-again.ts'
import type { RunRecord, RunTotals } from './run.ts'

export const noTotals: RunTotals = {
  readings: 0,
  kept: 0,
  rejected: 0,
  failed: 0,
  calls: 0,
  inputTokens: 0,
  outputTokens: 0,
  costMicroUsd: 0,
  leads: 0,
  leadsChanged: 0,
  changedByField: {},
  erased: 0
}

/** The totals with one more lead. */
export function addedTo(
  totals: RunTotals,
  readings: readonly unknown[],
  answers: readonly ReadAgain[],
  { differences }: RunRecord
): RunTotals {
  const calls = answers.flatMap((answer) => ('call' in answer && answer.call !== null ? [answer.call] : []))
  const sum = (part: 'calls' | 'inputTokens' | 'outputTokens' | 'costMicroUsd'): number =>
    calls.reduce((total, call) => total + call[part], totals[part])
  const count = (is: (answer: ReadAgain) => boolean): number => answers.filter(is).length
  const changedByField = { ...totals.changedByField }
  for (const { field } of differences) changedByField[field] = (changedByField[field] ?? 0) + 1
  return {
    readings: totals.readings + readings.length,
    kept: totals.kept + count((answer) => answer.outcome === 'read' && answer.kept),
    rejected: totals.rejected + count(({ outcome }) => outcome === 'rejected'),
    failed: totals.failed + count(({ outcome }) => outcome === 'failed'),
    calls: sum('calls'),
    inputTokens: sum('inputTokens'),
    outputTokens: sum('outputTokens'),
    costMicroUsd: sum('costMicroUsd'),
    leads: totals.leads + 1,
    leadsChanged: totals.leadsChanged + (differences.length > 0 ? 1 : 0),
    changedByField,
    erased: totals.erased
  }
}
