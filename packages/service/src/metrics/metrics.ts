import { getHeapStatistics } from 'node:v8'
import { totalmem } from 'node:os'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { MetricDefinition } from './definition.ts'
import {
  handlerMetrics,
  postgresMetrics,
  processMetrics,
  projectionMetrics,
  vendorMetricDefinitions
} from './definitions.ts'

/** Seconds; from a fast publish to the slowest thing that anybody should wait for. */
const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** What goes up and down; with `collect`, measured anew at each scrape. */
export type GaugeCollect<Label extends string> = (gauge: Gauge<Label>) => void | Promise<void>

/** Makes the measurements of one process, each once, from its definition. */
export interface ServiceMetrics {
  readonly registry: Registry
  counter<Label extends string>(definition: MetricDefinition<Label> & { kind: 'counter' }): Counter<Label>
  /** A `collect` that rejects leaves the last values. */
  gauge<Label extends string>(
    definition: MetricDefinition<Label> & { kind: 'gauge' },
    collect?: GaugeCollect<Label>
  ): Gauge<Label>
  histogram<Label extends string>(definition: MetricDefinition<Label> & { kind: 'histogram' }): Histogram<Label>
}

/** Every measurement that any service may make beside its own. */
const COMMON: readonly MetricDefinition[] = [
  processMetrics,
  handlerMetrics,
  postgresMetrics,
  projectionMetrics,
  vendorMetricDefinitions
].flatMap((group) => Object.values<MetricDefinition>(group))

/**
 * Measurements of a service, with those of Node.
 *
 * @param own the definitions of its manifest; what is not declared cannot be measured
 */
export function createMetrics(service: string, own: readonly MetricDefinition[] = []): ServiceMetrics {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  collectDefaultMetrics({ register: registry })
  const declared = new Set([...COMMON, ...own])
  const made = new Map<string, unknown>()

  /** The same measurement for everybody who asks for it. */
  const once = <Label extends string, M extends Counter<Label> | Gauge<Label> | Histogram<Label>>(
    definition: MetricDefinition<Label>,
    make: (settings: { name: string; help: string; labelNames: Label[]; registers: Registry[] }) => M
  ): M => {
    const { name, help, labels } = definition
    if (!declared.has(definition)) throw new TypeError(`List ${name} in the "metrics" of ${service}'s manifest`)
    const known = made.get(name) as M | undefined
    if (known) return known
    const metric = make({ name, help, labelNames: Object.keys(labels) as Label[], registers: [registry] })
    made.set(name, metric)
    return metric
  }

  const metrics: ServiceMetrics = {
    registry,
    counter: (definition) => once(definition, (settings) => new Counter(settings)),
    gauge: (definition, collect) =>
      once(
        definition,
        (settings) =>
          new Gauge({
            ...settings,
            ...(collect && {
              async collect() {
                await Promise.resolve(collect(this)).catch(() => undefined)
              }
            })
          })
      ),
    histogram: (definition) => once(definition, (settings) => new Histogram({ ...settings, buckets: DURATION_BUCKETS }))
  }
  metrics.gauge(processMetrics.memoryLimit).set(memoryLimit())
  metrics.gauge(processMetrics.heapLimit).set(getHeapStatistics().heap_size_limit)
  return metrics
}

/** Node gives a huge number where the container has no limit, and 0 where it cannot tell. */
function memoryLimit(): number {
  const constrained = process.constrainedMemory()
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()
}
