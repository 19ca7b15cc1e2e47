import t from 'tap'
import { recordSampleDay } from '@leadlog/simulators'
import {
  dayOfWebhooks,
  differentOnes,
  findingsOf,
  pastDay,
  startReconciling,
  wholeDay,
  type Reconciling
} from '../fixtures/reconciling.ts'

/** What the API can tell too. One report is pushed twice: whoever loses one of them has lost nothing. */
const isPullable = (name: string): boolean =>
  /^(created|canceled|no-show|held|relayed)/.test(name) && name !== 'held william'

async function pullBoth(system: Reconciling) {
  const reconciler = system.reconciler()
  const [calendly, readai] = [
    findingsOf(await reconciler.run({ source: 'calendly', trigger: 'command', ...wholeDay })),
    findingsOf(await reconciler.run({ source: 'readai', trigger: 'command', ...wholeDay }))
  ]
  return { calendly, readai }
}

void t.test('a complete day: everything is known, nothing is ingested, and the record says so', async (t) => {
  const system = await startReconciling(t)
  recordSampleDay(system.simulators.state, pastDay)
  await system.send(dayOfWebhooks())
  const before = await system.webhooks()
  const { calendly, readai } = await pullBoth(system)
  t.match(calendly, { complete: true, listed: 38, known: 38, ingested: 0, failed: 0, ingestedIds: [], problem: null })
  t.match(readai, { complete: true, listed: 18, known: 18, ingested: 0, failed: 0, ingestedIds: [], problem: null })
  t.same(
    (await system.webhooks()).map(({ id }) => id),
    before.map(({ id }) => id)
  )
  const [record] = await system.completed('calendly')
  t.match(record, {
    actor: 'service:ingest',
    data: { trigger: 'command', listed: 38, from: wholeDay.from.toISOString() }
  })
  t.equal(
    record?.data.days.reduce((sum, day) => sum + day.known, 0),
    38
  )
})

void t.test('lost webhooks come under the ids that they would have had, and a second pull finds nothing', async (t) => {
  const undisturbed = await startReconciling(t)
  await undisturbed.send(dayOfWebhooks())
  const idOf = new Map(
    (await undisturbed.webhooks()).map((event) => [`${event.data.eventType} ${event.data.externalId}`, event.id])
  )

  const system = await startReconciling(t)
  recordSampleDay(system.simulators.state, pastDay)
  const day = dayOfWebhooks()
  const bodies = [...new Set(day.filter(({ name }) => isPullable(name)).map(({ body }) => body))]
  const lost = new Set(bodies.filter((_, index) => index % 2 === 0))
  await system.send(day.filter(({ body }) => !lost.has(body)))
  const { calendly, readai } = await pullBoth(system)
  t.equal(calendly.ingested + readai.ingested, lost.size)

  const pulled = (await system.webhooks()).filter(({ data }) => data.verdict.scheme.endsWith('-api-pull'))
  t.equal(pulled.length, lost.size)
  for (const event of pulled.filter(({ data }) => data.provider === 'calendly')) {
    t.equal(event.id, idOf.get(`${event.data.eventType} ${event.data.externalId}`), event.data.eventType)
  }
  for (const { actor, data } of pulled) {
    t.equal(actor, 'service:ingest')
    t.match(data, { disposition: 'accepted', keyId: /^day-/, body: /^enc1?\./ })
    t.notMatch(data.body, /@/)
  }
  t.match(await pullBoth(system), { calendly: { ingested: 0 }, readai: { ingested: 0 } })
  await system.send(day.filter(({ path }) => path.endsWith('calendly')))
  t.equal(
    (await system.webhooks()).filter(({ data }) => data.provider === 'calendly').length,
    differentOnes(day, 'calendly'),
    'late webhooks are repeats'
  )
})

void t.test('a dry run says what is missing and changes nothing', async (t) => {
  const system = await startReconciling(t)
  recordSampleDay(system.simulators.state, pastDay)
  const result = await system.reconciler().run({ source: 'readai', trigger: 'command', dryRun: true, ...wholeDay })
  t.match(findingsOf(result), { complete: true, ingested: 18, ingestedIds: { length: 18 } })
  t.same(await system.webhooks(), [])
  t.same(await system.completed('readai'), [])
})

void t.test('webhooks that arrive during a pull: each is stored once', async (t) => {
  const system = await startReconciling(t)
  recordSampleDay(system.simulators.state, pastDay)
  const day = dayOfWebhooks().filter(({ path }) => path.endsWith('calendly'))
  const [{ calendly }] = await Promise.all([pullBoth(system), system.send(day)])
  t.equal(calendly.known + calendly.ingested, 38)
  t.equal(
    (await system.webhooks()).filter(({ data }) => data.provider === 'calendly').length,
    differentOnes(day, 'calendly')
  )
})

void t.test('what happened to a booking after it was made is pulled: moved, canceled, missed', async (t) => {
  const system = await startReconciling(t)
  recordSampleDay(system.simulators.state, pastDay)
  await system.send(dayOfWebhooks().filter(({ name }) => name.startsWith('created')))
  const { calendly } = await pullBoth(system)
  t.match(calendly, { known: 30, ingested: 8 })
  const types = (await system.webhooks()).filter(({ data }) => data.verdict.scheme === 'calendly-api-pull')
  const counts = Map.groupBy(types, ({ data }) => data.eventType)
  t.equal(counts.get('invitee.canceled')?.length, 6)
  t.equal(counts.get('invitee_no_show.created')?.length, 2)
  t.equal(types.length, 8)
})

void t.test('a token that is refused: the run says what to do, and nothing is taken for missing', async (t) => {
  const system = await startReconciling(t)
  recordSampleDay(system.simulators.state, pastDay)
  const reconciler = system.reconciler({ CALENDLY_API_TOKEN: 'of yesterday', READAI_API_KEY: 'of yesterday' })
  for (const source of ['calendly', 'readai']) {
    const findings = findingsOf(await reconciler.run({ source, trigger: 'command', ...wholeDay }))
    t.match(findings, { complete: false, listed: 0, problem: { code: 'INGEST_PULL_REFUSED', message: /401.*Set / } })
    t.match(await system.completed(source), [{ data: { complete: false } }])
  }
  system.simulators.state.faults.set([{ vendor: 'calendly', kind: 'error', code: '403' }])
  const forbidden = await system.reconciler().run({ source: 'calendly', trigger: 'command', ...wholeDay })
  t.match(findingsOf(forbidden), { complete: false, problem: { code: 'INGEST_PULL_REFUSED', message: /403/ } })
})

void t.test('too many requests and failures of the vendor are waited out', async (t) => {
  const system = await startReconciling(t)
  recordSampleDay(system.simulators.state, pastDay)
  system.simulators.state.faults.set([
    { vendor: 'calendly', route: 'GET /scheduled_events', kind: '429', count: 1, after: 3, retryAfterSeconds: 1 },
    { vendor: 'calendly', route: 'GET /scheduled_events', kind: ['503', 'reset'], count: 2, after: 6, seed: 'a' }
  ])
  const findings = findingsOf(await system.reconciler().run({ source: 'calendly', trigger: 'command', ...wholeDay }))
  t.match(findings, { complete: true, listed: 38, ingested: 38, problem: null })
  const hits = system.simulators.state.faults.list().map((rule) => rule.hits)
  t.same(hits, [1, 2], 'the faults were met')
})

void t.test(
  'a vendor that goes away in the middle: what was found is kept, and the next run finds the rest',
  async (t) => {
    const system = await startReconciling(t)
    recordSampleDay(system.simulators.state, pastDay)
    system.simulators.state.faults.set([{ vendor: 'readai', kind: '500', after: 9 }])
    const reconciler = system.reconciler()
    const first = findingsOf(await reconciler.run({ source: 'readai', trigger: 'command', ...wholeDay }))
    t.match(first, { complete: false, problem: { code: 'OUTBOUND_SERVER_ERROR' } })
    t.ok(first.ingested > 0 && first.ingested < 18)
    system.simulators.state.faults.set([])
    const second = findingsOf(await system.reconciler().run({ source: 'readai', trigger: 'command', ...wholeDay }))
    t.match(second, { complete: true, listed: 18, known: first.ingested, ingested: 18 - first.ingested })
  }
)

void t.test('an item that cannot be ingested is named and does not hold up the others', async (t) => {
  const system = await startReconciling(t)
  recordSampleDay(system.simulators.state, pastDay)
  const [gone] = system.simulators.state.readai.list()
  system.simulators.state.faults.set([
    { vendor: 'readai', route: `GET /v1/meetings/${gone?.sessionId}`, kind: 'error', code: '404' }
  ])
  const findings = findingsOf(await system.reconciler().run({ source: 'readai', trigger: 'command', ...wholeDay }))
  t.match(findings, {
    complete: true,
    ingested: 17,
    failed: 1,
    failures: [{ eventType: 'meeting_end', externalId: gone?.sessionId, code: 'OUTBOUND_NOT_FOUND' }]
  })
})

void t.test('one run of a source at a time over all processes, and on schedule one in a while', async (t) => {
  const system = await startReconciling(t)
  recordSampleDay(system.simulators.state, pastDay)
  const [one, two] = [system.reconciler(), system.reconciler()]
  const request = { source: 'readai', ...wholeDay }
  const results = await Promise.all([
    one.run({ ...request, trigger: 'schedule' }),
    two.run({ ...request, trigger: 'schedule' })
  ])
  t.same(results.map(({ kind }) => kind).sort(), ['done', 'refused'])
  t.equal((await system.completed('readai')).length, 1)
  t.match(await two.run({ ...request, trigger: 'schedule' }), { code: 'INGEST_RECONCILIATION_NOT_DUE' })
  t.match(await two.run({ ...request, trigger: 'command' }), { kind: 'done' })
  t.ok((await one.runs('readai')).lastSuccessAt)
  t.match(await one.run({ source: 'shop', trigger: 'command' }), { code: 'INGEST_RECONCILIATION_NOT_CONFIGURED' })
  await t.rejects(one.run({ source: 'readai', trigger: 'command', from: new Date(0) }), {
    code: 'INGEST_RECONCILIATION_WINDOW',
    message: /forgotten/
  })
  const late = new Date(Date.now() + 60_000)
  await t.rejects(one.run({ source: 'readai', trigger: 'command', from: late }), /before now/)
})
