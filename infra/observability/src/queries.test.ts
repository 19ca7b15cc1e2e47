import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { parse } from 'yaml'
import { dashboardQueries, metricsOf, ruleQueries, type NamedQuery } from './queries.ts'

const ROOT = path.join(import.meta.dirname, '../../..')
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8')

/** Prometheus' own, and those of the `--metrics-file` of `leadlog backup create` and `archive create`, which are no services. */
const BUILT_IN = [
  'up',
  'ALERTS',
  'leadlog_backup_last_success_timestamp_seconds',
  'leadlog_archive_next_expiry_timestamp_seconds'
]

const documented = new Map(
  [...read('docs/metrics.md').matchAll(/^\| `([a-z0-9_]+)`\s*\| (counter|gauge|histogram)/gm)].map(
    ([, name = '', kind = '']) => [name, kind]
  )
)
const known = new Set([
  ...BUILT_IN,
  ...[...documented].flatMap(([name, kind]) =>
    kind === 'histogram' ? ['_bucket', '_sum', '_count'].map((suffix) => name + suffix) : [name]
  )
])

function unknownIn(queries: readonly NamedQuery[]): string[] {
  return queries.flatMap(({ where, expr }) =>
    metricsOf(expr)
      .filter((name) => !known.has(name))
      .map((name) => `${where}: ${name}`)
  )
}

void t.test('the names in a query are found', (t) => {
  t.same(
    metricsOf(
      'histogram_quantile(0.9, sum by (le, route) (rate(a_bucket{x="b c", y!~"d|e"}[5m]))) > 2 * f:g and on (vendor) h offset 3d or vector(0)'
    ),
    ['a_bucket', 'f:g', 'h']
  )
  t.same(metricsOf('sum without (x) (a) / ignoring(x) group_left (z) b unless c == 1e6 * time()'), ['a', 'b', 'c'])
  t.end()
})

void t.test('every dashboard and every rule asks for metrics that are documented', (t) => {
  t.ok(documented.size > 50, 'the list is read')
  const files = globSync('infra/observability/grafana/dashboards/*.json', { cwd: ROOT })
  t.equal(files.length, 6)
  for (const file of files) {
    const queries = dashboardQueries(read(file))
    t.ok(queries.length > 5, file)
    t.same(unknownIn(queries), [], file)
  }
  t.same(unknownIn(ruleQueries(read('infra/observability/alerts.yml'))), [])
  t.end()
})

void t.test('every metric of ours is on a dashboard or in a rule', (t) => {
  const files = globSync('infra/observability/grafana/dashboards/*.json', { cwd: ROOT })
  const used = new Set(
    [...files.flatMap((file) => dashboardQueries(read(file))), ...ruleQueries(read('infra/observability/alerts.yml'))]
      .flatMap(({ expr }) => metricsOf(expr))
      .map((name) => name.replace(/_(bucket|sum|count)$/, ''))
  )
  t.same(
    [...documented.keys()].filter((name) => name.startsWith('leadlog_') && !used.has(name)),
    []
  )
  t.end()
})

void t.test('every rule has a severity, and a page that is listed', (t) => {
  const { groups } = parse(read('infra/observability/alerts.yml')) as {
    groups: {
      rules: { alert: string; labels: { severity: string }; annotations: { summary: string; runbook: string } }[]
    }[]
  }
  const list = read('docs/runbooks/README.md')
  for (const { alert, labels, annotations } of groups.flatMap(({ rules }) => rules)) {
    t.match(labels.severity, /^(page|warn)$/, alert)
    t.ok(annotations.summary)
    t.match(read(annotations.runbook), /^# /, `${alert} has a page`)
    const listed = `[${alert}](${path.basename(annotations.runbook)})`
    t.ok(
      list.split('\n').some((line) => line.includes(listed) && line.includes(`| ${labels.severity} `)),
      `${listed} is listed`
    )
  }
  t.end()
})

void t.test('what compose mounts is there and is YAML', (t) => {
  const compose = parse(read('docker-compose.yml')) as { services: Record<string, { volumes?: string[] }> }
  const mounts = Object.values(compose.services).flatMap(({ volumes = [] }) =>
    volumes.map((one) => one.split(':')[0] ?? '')
  )
  const files = mounts.filter((one) => /^\.\/.*\.yml$/.test(one))
  t.ok(files.length >= 6)
  for (const file of files) t.type(parse(read(file)), 'object', file)
  for (const file of globSync('infra/observability/grafana/provisioning/*/*.yml', { cwd: ROOT }))
    t.match(parse(read(file)), { apiVersion: 1 })
  t.end()
})
