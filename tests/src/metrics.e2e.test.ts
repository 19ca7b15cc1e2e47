import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { dashboardQueries, ruleQueries } from '@leadlog/observability'
import { sampleDay, sendDeliveries } from '@leadlog/simulators'
import { eventually } from '@leadlog/testing'
import t from 'tap'
import { callOurs, OURS, somebodyCalled, tellOfRecording } from './dashboard/phone-line.ts'
import { watchWithPrometheus } from './observability/prometheus.ts'
import { scrapeAll, type Sample } from './observability/scrape.ts'
import { command } from './system/command.ts'
import { startTestSystem, type TestSystem } from './system/test-system.ts'

const ROOT = path.join(import.meta.dirname, '../..')
const RULES = path.join(ROOT, 'infra/observability/alerts.yml')

/** More values than this of one label in one metric are not a set that the code bounds. */
const MOST_VALUES = 60

/** What only shows when something is wrong, or has been for long; everything else must show something. */
const MAY_BE_EMPTY =
  /HTTP status|slowed down|no success|Tried again|Delivered again|Given up|Lost races|Unreadable|in place of the model|Answers 5xx|Attempts that failed|Model, US dollars|Cost in the last day|\/ Compared|\/ Runs|Since one saw|Failed$/

const documented = new Map(
  [
    ...readFileSync(path.join(ROOT, 'docs/metrics.md'), 'utf8').matchAll(
      /^\| `([a-z0-9_]+)`\s*\| \w+\s*\|[^|]*\|?([^|\n]*)/gm
    )
  ].map(([, name = '', labels = '']) => [name, new Set([...labels.matchAll(/`(\w+)`:/g)].map(([, label]) => label))])
)

/** At any time of day, and with silence looked into at once. */
const TELEPHONY = { TELEPHONY_QUIET_HOURS: 'none', TELEPHONY_POLL_AFTER_SECONDS: '1' }

/** A call with a message for us, one of which nothing more is heard, and a text message. */
async function telephoneTraffic(system: TestSystem): Promise<void> {
  await somebodyCalled(system)
  const message = { do: 'speak', text: 'Please call me back.', seconds: 12, thenHangUp: true } as const
  await callOurs(system, '+14155550143', [{ do: 'press', digits: '2' }, message], 'live')
  await tellOfRecording(system)
  await callOurs(system, '+14155550144', [{ do: 'press', digits: '1' }], 'live')
  await command(system, 'billing', 'SetSpendBudget', { currency: 'USD', amount: 5_000 })
  await command(system, 'telephony', 'SendSms', { to: '+14155550145', from: OURS, text: 'Thank you for your call.' })
}

/** Requests that try to bring their own values into labels. */
async function strangeRequests(system: TestSystem): Promise<void> {
  const key = { authorization: `Bearer ${system.environment['LEADLOG_API_KEY']}` }
  const telephony = system.services.find(({ name }) => name === 'telephony')
  if (!telephony) throw new Error('the system has no telephony')
  for (let index = 0; index < 30; index++) {
    await fetch(`${system.gatewayUrl}/v1/leads/0000000${index}-none`, { headers: key })
    await fetch(`${system.gatewayUrl}/v1/leads?email=someone${index}@nowhere.example`, { headers: key })
    await fetch(`${system.gatewayUrl}/nothing/here/${index}`)
    await fetch(`${system.ingestUrl}/webhooks/stranger-${index}`, { method: 'POST', body: '{}' })
    await fetch(`${system.ingestUrl}/webhooks/standard/source-${index}`, { method: 'POST', body: '{}' })
    await fetch(`${system.ingestUrl}/webhooks/calendly`, { method: 'POST', body: `{"event":"x-${index}"}` })
    await fetch(`${telephony.url}/twilio/voice`, {
      method: 'POST',
      body: new URLSearchParams({ CallSid: `CA${index}` })
    })
  }
  for (const method of ['PROPFIND', 'DELETE', 'OPTIONS', 'PUT'])
    await fetch(`${system.ingestUrl}/webhooks/calendly`, { method })
}

void t.test('metrics after varied traffic: documented, bounded, and every dashboard finds them', async (t) => {
  const system = await startTestSystem({ environment: { LLM_PROVIDER: 'gemini', ...TELEPHONY } })
  t.teardown(() => system.stop())
  const prometheus = await watchWithPrometheus(
    system.services.map(({ url }) => url),
    RULES
  )
  t.teardown(() => prometheus.stop())
  await eventually(async () => {
    const up = await prometheus.query('up{job="leadlog"} == 1')
    return 'series' in up && up.series === system.services.length
  })
  const day = sampleDay({ secrets: system.secrets })
  await sendDeliveries(day.slice(0, 40), { ingest: system.ingestUrl })
  await strangeRequests(system)
  await telephoneTraffic(system)
  await sendDeliveries(day.slice(40), { ingest: system.ingestUrl })
  await system.settled()

  const { samples } = await scrapeAll(system)
  t.same(undocumented(samples), [], 'every metric and label is in docs/metrics.md')
  t.same(unbounded(samples), [], 'no label takes ids, addresses or texts')
  const value = (name: string, labels: Record<string, string>): number =>
    samples
      .filter(
        (sample) => sample.name === name && Object.entries(labels).every(([label, of]) => sample.labels[label] === of)
      )
      .reduce((sum, sample) => sum + sample.value, 0)
  t.equal(value('leadlog_webhooks_total', { outcome: 'accepted' }) > 20, true)
  t.equal(value('leadlog_webhooks_total', { provider: 'calendly', outcome: 'signature_missing' }) >= 30, true)
  t.equal(
    value('leadlog_http_request_duration_seconds_count', { service: 'gateway', route: 'unknown', status: '404' }),
    30
  )
  const letters = (await system.read('/v1/dead-letters?limit=200')) as { data: unknown[] }
  t.equal(value('leadlog_dead_letters_open', {}), letters.data.length)
  t.equal(value('leadlog_effects_unresolved', {}), 0)
  t.equal(value('leadlog_events_recorded_total', { type: 'crm.LeadCaptured.v1' }) > 10, true)
  t.equal(value('leadlog_stream_messages', { stream: 'EVENTS' }) > 100, true)
  t.equal(value('leadlog_model_tokens_total', { provider: 'gemini', direction: 'output' }) > 0, true)
  t.equal(value('leadlog_budget_used_ratio', { vendor: 'zoho', window: 'day' }) > 0, true)
  t.equal(value('leadlog_projection_parked_keys', {}), 0)

  await eventually(async () => {
    const seen = await prometheus.query('sum(increase(leadlog_model_tokens_total[5m])) > 0')
    return 'series' in seen && seen.series === 1
  })
  for (const last of [
    'leadlog_transcriptions_total',
    'leadlog_twilio_polls_total',
    'leadlog_sms_total',
    'leadlog_spend_budget_used_ratio'
  ]) {
    await eventually(async () => {
      const seen = await prometheus.query(last)
      return 'series' in seen && seen.series > 0
    }).catch((error: unknown) => t.fail(`${last}: ${String(error)}`))
  }
  const files = globSync('infra/observability/grafana/dashboards/*.json', { cwd: ROOT })
  for (const { where, expr } of files.flatMap((file) =>
    dashboardQueries(readFileSync(path.join(ROOT, file), 'utf8'))
  )) {
    const result = await prometheus.query(expr)
    if ('problem' in result) t.fail(`${where}: ${result.problem}`)
    else t.ok(result.series > 0 || MAY_BE_EMPTY.test(where), `${where} shows something: ${expr}`)
  }
  for (const { where, expr } of ruleQueries(readFileSync(RULES, 'utf8'))) {
    const result = await prometheus.query(expr)
    t.ok('series' in result, `${where}: ${JSON.stringify(result)}`)
  }
})

function undocumented(samples: readonly Sample[]): string[] {
  const found = samples.flatMap(({ name, labels }) => {
    const base = documented.has(name) ? name : name.replace(/_(bucket|sum|count)$/, '')
    const allowed = documented.get(base)
    if (!allowed) return [name]
    if (!base.startsWith('leadlog_')) return []
    return Object.keys(labels)
      .filter((label) => label !== 'service' && label !== 'le' && !allowed.has(label))
      .map((label) => `${base}{${label}}`)
  })
  return [...new Set(found)]
}

function unbounded(samples: readonly Sample[]): string[] {
  const values = new Map<string, Set<string>>()
  const problems = new Set<string>()
  for (const { name, labels } of samples) {
    for (const [label, value] of Object.entries(labels)) {
      const key = `${name}{${label}}`
      values.set(key, (values.get(key) ?? new Set()).add(value))
      if (/[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{16}|@|\s.*\s|stranger|source-\d|nowhere/.test(value))
        problems.add(`${key}="${value}"`)
    }
  }
  for (const [key, set] of values) if (set.size > MOST_VALUES) problems.add(`${key} has ${set.size} values`)
  return [...problems]
}
