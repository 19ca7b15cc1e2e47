import {
  createMetrics,
  handlerMetrics,
  postgresMetrics,
  processMetrics,
  projectionMetrics,
  vendorMetricDefinitions,
  type MetricDefinition
} from '@leadlog/service'
import type { ServiceFacts } from './services.ts'

/** `docs/metrics.md`: every measurement with its meaning and the values of its labels. */
export async function metricsPage(services: readonly ServiceFacts[]): Promise<string> {
  const own = services.filter(({ metrics }) => metrics.length > 0)
  return (
    [
      '# Metrics',
      'Generated from the definitions in the code by `pnpm run docs`; do not edit. Every service answers `GET /metrics` in the format of Prometheus on its own port. All metrics carry `service`. The values of labels are bounded by the code: no ids, no addresses, no texts. Histograms are durations in seconds; their `_count` is the number.',
      section('Every service', Object.values(processMetrics)),
      section('Services with handlers', Object.values(handlerMetrics)),
      section('Services with a database', Object.values(postgresMetrics)),
      section('Services with read models', Object.values(projectionMetrics)),
      section('Services that call a vendor', Object.values(vendorMetricDefinitions)),
      ...own.map(({ name, metrics }) => section(`Only ${name}`, metrics)),
      '## Node',
      'From prom-client, for every service.',
      ['| metric | type | meaning |', '| --- | --- | --- |', ...(await nodeRows())].join('\n'),
      '## What is asked for and where it is',
      WHERE,
      '## What cannot be measured yet',
      'Deals created, automation triggers and actions of users: the capabilities do not exist in the system. Requests of clients are counted by route; there is one API key, so not by user.'
    ].join('\n\n') + '\n'
  )
}

const WHERE = [
  '| question | metric |',
  '| --- | --- |',
  '| How fast is the API? | `leadlog_http_request_duration_seconds` |',
  '| How many errors? | the same, `status=~"5.."` |',
  '| Whom does the API slow down? | the same, `status="429"` |',
  '| Which vendor slows us down? | `leadlog_rate_limit_hits_total`, `leadlog_budget_used_ratio`, `leadlog_outbound_wait_seconds` |',
  '| How long is the queue? | `leadlog_handler_backlog_messages` |',
  '| How long does handling take? | `leadlog_handle_duration_seconds` |',
  '| What failed for good? | `leadlog_dead_letters_open`; as it happens `leadlog_handled_messages_total{outcome="dead-letter"}` |',
  '| How far did webhooks get? | `leadlog_webhooks_total`, then `leadlog_events_recorded_total` by type |',
  '| How old is what is shown? | `leadlog_projection_behind_seconds` |',
  '| How well does the model read? | `leadlog_readings_total`, `leadlog_model_fallbacks_total` |',
  '| What does it cost? | `leadlog_model_cost_micro_usd_total` |'
].join('\n')

function section(title: string, metrics: readonly MetricDefinition[]): string {
  const rows = metrics.map(({ name, kind, help, labels }) => {
    const values = Object.entries<string>(labels).map(([label, of]) => `\`${label}\`: ${of}`)
    return `| \`${name}\` | ${kind} | ${help} | ${values.join('; ') || 'none'} |`
  })
  return [`## ${title}`, '', '| metric | type | meaning | labels |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

async function nodeRows(): Promise<string[]> {
  const metrics = await createMetrics('docs').registry.getMetricsAsJSON()
  return metrics
    .filter(({ name }) => !name.startsWith('leadlog_'))
    .map(({ name, type, help }) => `| \`${name}\` | ${type} | ${help} |`)
}
