import { LANES, type Budget, type CallEnded, type CircuitStateName } from '@leadlog/outbound'
import { vendorMetricDefinitions as definitions } from '../metrics/definitions.ts'
import type { ServiceMetrics } from '../metrics/metrics.ts'

/** The circuit's states as numbers, for graphs. */
const CIRCUIT_VALUES: Readonly<Record<CircuitStateName, number>> = { closed: 0, 'half-open': 1, open: 2 }

/** What turns the reports of a vendor's client, circuit and budget into the service's measurements. */
export interface VendorMetrics {
  readonly onCallEnded: (call: CallEnded) => void
  readonly onCircuitChange: (state: CircuitStateName) => void
  /** Measures the budget at each scrape. */
  readonly watchBudget: (budget: Pick<Budget, 'snapshot'>) => void
}

/** Measurements of one vendor; a service may have several. */
export function vendorMetrics(metrics: ServiceMetrics, vendor: string): VendorMetrics {
  const duration = metrics.histogram(definitions.outboundDuration)
  const wait = metrics.histogram(definitions.outboundWait)
  const hits = metrics.counter(definitions.rateLimitHits)
  const circuit = metrics.gauge(definitions.circuitState)
  circuit.set({ vendor }, CIRCUIT_VALUES.closed)
  hits.inc({ vendor }, 0)
  return {
    onCallEnded: ({ operation, outcome, durationMs, waitedMs, lane }) => {
      duration.observe({ vendor, operation, outcome }, durationMs / 1000)
      wait.observe({ vendor, lane }, waitedMs / 1000)
      if (outcome === 'rate-limited') hits.inc({ vendor })
    },
    onCircuitChange: (state) => circuit.set({ vendor }, CIRCUIT_VALUES[state]),
    watchBudget: (budget) => budgetsOf(metrics).set(vendor, budget)
  }
}

const watched = new WeakMap<ServiceMetrics, Map<string, Pick<Budget, 'snapshot'>>>()

/** The budgets of a process by vendor, measured together at each scrape. */
function budgetsOf(metrics: ServiceMetrics): Map<string, Pick<Budget, 'snapshot'>> {
  const known = watched.get(metrics)
  if (known) return known
  const budgets = new Map<string, Pick<Budget, 'snapshot'>>()
  watched.set(metrics, budgets)
  metrics.gauge(definitions.budgetUsed, (used) => {
    for (const [vendor, budget] of budgets) {
      const { minute, day } = budget.snapshot()
      used.set({ vendor, window: 'minute' }, minute.used / minute.limit)
      if (day.limit !== null) used.set({ vendor, window: 'day' }, day.used / day.limit)
    }
  })
  metrics.gauge(definitions.budgetWaiting, (waiting) => {
    for (const [vendor, budget] of budgets) {
      const now = budget.snapshot().waiting
      for (const lane of LANES) waiting.set({ vendor, lane }, now[lane])
    }
  })
  metrics.gauge(definitions.budgetShared, (shared) => {
    for (const [vendor, budget] of budgets) shared.set({ vendor }, budget.snapshot().mode === 'shared' ? 1 : 0)
  })
  return budgets
}
