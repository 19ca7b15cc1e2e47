import type { DataOf, ReconciliationCompleted } from '@leadlog/contracts'
import { counter, gauge, type ServiceMetrics } from '@leadlog/service'

const OUTCOMES = ['known', 'ingested', 'failed'] as const

/** What reconciliations found, for alerts. */
export interface ReconciliationMetrics {
  /** Makes the source's series, so that an alert sees their first increase. */
  watch(source: string): void
  completed(run: DataOf<typeof ReconciliationCompleted>): void
  /** @param at ISO 8601; null where none succeeded */
  lastSuccess(source: string, at: string | null): void
}

const SOURCE = 'calendly, readai'

export const reconciliationDefinitions = {
  items: counter(
    'leadlog_reconciled_webhooks_total',
    'What providers list, compared with what came as webhooks: known, ingested (it was lost), failed',
    { source: SOURCE, outcome: 'known, ingested, failed' }
  ),
  runs: counter('leadlog_reconciliations_total', 'Reconciliations that ended, by whether they saw everything', {
    source: SOURCE,
    outcome: 'complete, incomplete'
  }),
  lastSuccess: gauge(
    'leadlog_reconciliation_last_success_timestamp_seconds',
    'When a reconciliation last saw everything, in any process; 0 where none did',
    { source: SOURCE }
  )
} as const

export function reconciliationMetrics(metrics: ServiceMetrics): ReconciliationMetrics {
  const items = metrics.counter(reconciliationDefinitions.items)
  const runs = metrics.counter(reconciliationDefinitions.runs)
  const lastSuccess = metrics.gauge(reconciliationDefinitions.lastSuccess)
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
