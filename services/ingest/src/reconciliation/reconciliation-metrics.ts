import type { DataOf, ReconciliationCompleted } from '@leadlog/contracts'
import { Counter, Gauge, type Registry } from 'prom-client'

const OUTCOMES = ['known', 'ingested', 'failed'] as const

/** What reconciliations found, for alerts. */
export interface ReconciliationMetrics {
  /** Makes the source's series, so that an alert sees their first increase. */
  watch(source: string): void
  completed(run: DataOf<typeof ReconciliationCompleted>): void
  /** @param at ISO 8601; null where none succeeded */
  lastSuccess(source: string, at: string | null): void
}

export function reconciliationMetrics(registry: Registry): ReconciliationMetrics {
  const registers = [registry]
  const items = new Counter({
    name: 'leadlog_reconciled_webhooks_total',
    help: 'What providers list, compared with what came as webhooks: known, ingested (it was lost), failed',
    labelNames: ['source', 'outcome'],
    registers
  })
  const runs = new Counter({
    name: 'leadlog_reconciliations_total',
    help: 'Reconciliations that ended, by whether they saw everything',
    labelNames: ['source', 'outcome'],
    registers
  })
  const lastSuccess = new Gauge({
    name: 'leadlog_reconciliation_last_success_timestamp_seconds',
    help: 'When a reconciliation last saw everything, in any process; 0 where none did',
    labelNames: ['source'],
    registers
  })
  return {
    watch(source) {
      for (const outcome of OUTCOMES) items.inc({ source, outcome }, 0)
      for (const outcome of ['complete', 'incomplete']) runs.inc({ source, outcome }, 0)
    },
    completed({ source, complete, completedAt, ...counts }) {
      for (const outcome of OUTCOMES) items.inc({ source, outcome }, counts[outcome])
      runs.inc({ source, outcome: complete ? 'complete' : 'incomplete' })
      if (complete) lastSuccess.set({ source }, Date.parse(completedAt) / 1000)
    },
    lastSuccess(source, at) {
      lastSuccess.set({ source }, at === null ? 0 : Date.parse(at) / 1000)
    }
  }
}
