import type { EffectLedger } from '@leadlog/outbound'
import { gauge } from '../metrics/definition.ts'
import type { ServiceMetrics } from '../metrics/metrics.ts'

/** Effects in the ledger that are neither done nor failed. What is done is counted by the calls. */
export const effectsUnresolved = gauge(
  'leadlog_effects_unresolved',
  'Effects whose outcome is not known: under way, unknown, or waiting for a person',
  { state: 'intent, unknown, parked' }
)

/** Measures the ledger at each scrape. A database that is away leaves the last values. */
export function watchEffects(metrics: ServiceMetrics, ledger: Pick<EffectLedger, 'countUnresolved'>): void {
  metrics.gauge(effectsUnresolved, async (unresolved) => {
    const counts = await ledger.countUnresolved()
    for (const [state, count] of Object.entries(counts)) unresolved.set({ state }, count)
  })
}
