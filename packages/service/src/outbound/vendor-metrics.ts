import type { CallEnded, CircuitStateName } from '@leadlog/outbound'
import type { ServiceMetrics } from '../metrics.ts'

/** The circuit's states as numbers, for graphs. */
const CIRCUIT_VALUES: Readonly<Record<CircuitStateName, number>> = { closed: 0, 'half-open': 1, open: 2 }

/** Callbacks that turn what a vendor client and its circuit report into the service's measurements. */
export function vendorMetrics(
  metrics: ServiceMetrics,
  vendor: string
): { onCallEnded: (call: CallEnded) => void; onCircuitChange: (state: CircuitStateName) => void } {
  metrics.circuitState.set({ vendor }, CIRCUIT_VALUES.closed)
  return {
    onCallEnded: ({ operation, outcome, durationMs, waitedMs, lane }) => {
      metrics.outboundDuration.observe({ vendor, operation, outcome }, durationMs / 1000)
      metrics.outboundWait.observe({ vendor, lane }, waitedMs / 1000)
      if (outcome === 'rate-limited') metrics.rateLimitHits.inc({ vendor })
    },
    onCircuitChange: (state) => metrics.circuitState.set({ vendor }, CIRCUIT_VALUES[state])
  }
}
