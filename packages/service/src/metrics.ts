import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** Seconds; from a fast publish to the slowest thing that anybody should wait for. */
const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** The measurements that every service keeps. Label sets are bounded: no ids, no free text. */
export interface ServiceMetrics {
  readonly registry: Registry
  readonly httpDuration: Histogram<'method' | 'route' | 'status'>
  readonly handled: Counter<'handler' | 'outcome'>
  readonly handleDuration: Histogram<'handler'>
  readonly redelivered: Counter<'handler'>
  readonly inFlight: Gauge<'handler'>
  readonly conflicts: Counter<'handler'>
  readonly appendDuration: Histogram<'stream' | 'outcome'>
  readonly projectionLagSeconds: Gauge<'projection' | 'stream'>
  readonly projected: Counter<'projection'>
  readonly outboundDuration: Histogram<'vendor' | 'operation' | 'outcome'>
  readonly outboundWait: Histogram<'vendor' | 'lane'>
  readonly rateLimitHits: Counter<'vendor'>
  readonly circuitState: Gauge<'vendor'>
}

export function createMetrics(service: string): ServiceMetrics {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const buckets = DURATION_BUCKETS
  return {
    registry,
    httpDuration: new Histogram({
      name: 'leadlog_http_request_duration_seconds',
      help: 'Time from request to answer',
      labelNames: ['method', 'route', 'status'],
      buckets,
      registers
    }),
    handled: new Counter({
      name: 'leadlog_handled_messages_total',
      help: 'Messages handled, by outcome: ack, retry, dead-letter',
      labelNames: ['handler', 'outcome'],
      registers
    }),
    handleDuration: new Histogram({
      name: 'leadlog_handle_duration_seconds',
      help: 'Time a handler took for a message',
      labelNames: ['handler'],
      buckets,
      registers
    }),
    redelivered: new Counter({
      name: 'leadlog_redelivered_messages_total',
      help: 'Messages that were delivered before',
      labelNames: ['handler'],
      registers
    }),
    inFlight: new Gauge({
      name: 'leadlog_handler_in_flight_messages',
      help: 'Messages that a handler holds, running or waiting for their turn',
      labelNames: ['handler'],
      registers
    }),
    conflicts: new Counter({
      name: 'leadlog_append_conflicts_total',
      help: 'Decisions that met a newer event and were taken again',
      labelNames: ['handler'],
      registers
    }),
    appendDuration: new Histogram({
      name: 'leadlog_append_duration_seconds',
      help: 'Time until the log had answered an append; its count by outcome is the number of appends',
      labelNames: ['stream', 'outcome'],
      buckets,
      registers
    }),
    projectionLagSeconds: new Gauge({
      name: 'leadlog_projection_lag_seconds',
      help: "Age of a batch's newest event when a projection had committed it",
      labelNames: ['projection', 'stream'],
      registers
    }),
    projected: new Counter({
      name: 'leadlog_projected_events_total',
      help: 'Events folded into a read model',
      labelNames: ['projection'],
      registers
    }),
    outboundDuration: new Histogram({
      name: 'leadlog_outbound_duration_seconds',
      help: 'Time a call to a vendor took',
      labelNames: ['vendor', 'operation', 'outcome'],
      buckets,
      registers
    }),
    outboundWait: new Histogram({
      name: 'leadlog_outbound_wait_seconds',
      help: "Time a call waited for the vendor's budget",
      labelNames: ['vendor', 'lane'],
      buckets,
      registers
    }),
    rateLimitHits: new Counter({
      name: 'leadlog_rate_limit_hits_total',
      help: 'Answers 429 of a vendor',
      labelNames: ['vendor'],
      registers
    }),
    circuitState: new Gauge({
      name: 'leadlog_circuit_state',
      help: '0 closed, 1 half-open, 2 open',
      labelNames: ['vendor'],
      registers
    })
  }
}
