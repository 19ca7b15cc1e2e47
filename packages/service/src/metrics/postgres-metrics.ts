import type { Postgres } from '../postgres/postgres.ts'
import { postgresMetrics } from './definitions.ts'
import type { ServiceMetrics } from './metrics.ts'

/** Whether Postgres does what it is asked, at each scrape. */
export function watchPostgres(metrics: ServiceMetrics, postgres: Pick<Postgres, 'refusals'>): void {
  metrics.gauge(postgresMetrics.refused, (refused) => {
    refused.reset()
    const refusal = postgres.refusals.current()
    if (refusal) refused.set({ reason: refusal.reason }, 1)
  })
}
