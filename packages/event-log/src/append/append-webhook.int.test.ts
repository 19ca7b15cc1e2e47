import { eventually, isolatedNats } from '@leadlog/testing'
import { jetstreamManager } from '@nats-io/jetstream'
import t from 'tap'
import { alwaysGrouped } from '../fixtures/always-grouped.ts'
import { openTestLog } from '../fixtures/open-test-log.ts'
import { storedIds } from '../fixtures/stored-ids.ts'
import { webhook } from '../fixtures/webhook.ts'

void t.test('a webhook is stored once; its repetitions say where', async (t) => {
  const log = await openTestLog(t)
  const first = await log.appendWebhook({ ...webhook('w1'), traceparent: '00-aa-bb-01' })
  t.same(first, { duplicate: false, sequence: 1 })
  t.same(await log.appendWebhook(webhook('w1')), { duplicate: true, sequence: 1 })
  const stored = await log.getLast('INGEST', 'in.calendly.w1')
  t.match(stored, {
    id: 'w1',
    type: 'ingest.WebhookReceived.v1',
    subject: 'ingest.webhook.w1',
    correlationid: 'w1',
    actor: 'provider:calendly',
    traceparent: '00-aa-bb-01',
    source: 'leadlog/test',
    data: { ...webhook('w1').data, body: webhook('w1').body }
  })
  t.same(await log.get('INGEST', 1), stored)
  t.equal(await log.get('INGEST', 2), null)
  t.equal(await log.getLast('INGEST', 'in.calendly.other'), null)
})

void t.test('a repetition is recognised long after the window of message ids', async (t) => {
  const log = await openTestLog(t)
  // Stored without a message id: as if the window had passed.
  log.connection.publish(log.naming.subject('in.calendly.old'), 'stored last month')
  await log.connection.flush()
  t.same(await log.appendWebhook(webhook('old')), { duplicate: true, sequence: 1 })
})

void t.test('a body too large for a message is kept once, however often it comes', async (t) => {
  const log = await openTestLog(t)
  const large = webhook('large', 'y'.repeat(900_000))
  t.match(await log.appendWebhook(large), { duplicate: false })
  t.match(await log.appendWebhook(large), { duplicate: true })
  t.same((await log.get('INGEST', 1))?.data, { ...large.data, body: large.body })
  const manager = await jetstreamManager(log.connection)
  const { state } = await manager.streams.info(`OBJ_${log.naming.bucket('OBJECTS')}`, { subjects_filter: '$O.*.M.>' })
  t.equal(Object.keys(state.subjects ?? {}).length, 1)
  await t.rejects(log.appendWebhook({ ...large, provider: 'cal.endly' }), TypeError)
})

void t.test('duplicates inside a group do not harm the others', async (t) => {
  const flights: { units: number; stored: boolean }[] = []
  const log = await openTestLog(t, { metrics: { onFlight: (flight) => flights.push(flight) } })
  const known = await Promise.all([3, 77, 150].map((index) => log.appendWebhook(webhook(`w${index}`))))
  const fresh = await openTestLog(t, {
    servers: log.connection.getServer(),
    prefix: log.naming.prefix,
    pace: alwaysGrouped,
    metrics: { onFlight: (flight) => flights.push(flight) }
  })
  const results = await Promise.all(
    Array.from({ length: 200 }, async (_, index) =>
      Promise.all([fresh.appendWebhook(webhook(`w${index}`)), fresh.appendWebhook(webhook(`w${index}`))])
    )
  )
  t.ok(
    flights.some((flight) => flight.units > 16 && !flight.stored),
    'a group was refused'
  )
  for (const [index, [one, two]] of results.entries()) {
    const before = [3, 77, 150].indexOf(index)
    t.equal(one.duplicate, before >= 0)
    t.equal(two.duplicate, true)
    t.equal(two.sequence, one.sequence)
    if (before >= 0) t.equal(one.sequence, known[before]?.sequence)
  }
  const ids = await storedIds(log)
  t.equal(ids.length, 200)
  t.equal(new Set(ids).size, 200)
})

void t.test('more than one batch can hold', async (t) => {
  const log = await openTestLog(t)
  const results = await Promise.all(
    Array.from({ length: 2_500 }, (_, index) => log.appendWebhook(webhook(`m${index}`, 'x')))
  )
  t.equal(new Set(results.map((result) => result.sequence)).size, 2_500)
  t.ok(results.every((result) => !result.duplicate))
})

void t.test('kill -9 of the server under load: nothing confirmed is lost, nothing is stored twice', async (t) => {
  const server = await isolatedNats(t, { syncAlways: true })
  const log = await openTestLog(t, { servers: server.url, declaredSyncAlways: true })
  t.match(log.serverInfo(), { durability: 'safe' })
  const confirmed = new Map<string, number>()
  let refused = 0
  let slowest = 0
  let killed = false
  let next = 0
  const total = 1_500

  const provider = async (): Promise<void> => {
    while (next < total) {
      const id = `k${next++}`
      // A provider repeats until it hears yes.
      await eventually(async () => {
        const started = performance.now()
        try {
          const { sequence } = await log.appendWebhook(webhook(id))
          confirmed.set(id, sequence)
          return true
        } catch (error) {
          refused += 1
          t.match(error, { code: 'EVENT_LOG_UNAVAILABLE' })
          return false
        } finally {
          slowest = Math.max(slowest, performance.now() - started)
        }
      })
    }
  }
  const chaos = async (): Promise<void> => {
    for (const moment of [300, 900]) {
      await eventually(() => confirmed.size >= moment, { every: 1 })
      killed = true
      await server.kill('SIGKILL')
      await server.restart()
    }
  }
  await Promise.all([chaos(), ...Array.from({ length: 32 }, provider)])

  t.ok(killed && refused > 0, `${refused} refused`)
  t.ok(slowest < 2_500, `slowest answer ${Math.round(slowest)} ms`)
  const ids = await storedIds(log)
  t.same([...ids].sort(), [...confirmed.keys()].sort())
  for (const [id, sequence] of confirmed) if (ids[sequence - 1] !== id) t.fail(`${id} is not at ${sequence}`)
})

void t.test('a server that is away is reported in time for an answer to the sender', async (t) => {
  const server = await isolatedNats(t)
  const log = await openTestLog(t, { servers: server.url })
  await log.appendWebhook(webhook('before'))
  await server.kill()
  await eventually(() => !log.watch.online)
  const started = performance.now()
  const results = await Promise.allSettled(
    Array.from({ length: 50 }, (_, index) => log.appendWebhook(webhook(`away${index}`)))
  )
  t.ok(performance.now() - started < 2_500)
  for (const result of results) t.match(result, { status: 'rejected', reason: { code: 'EVENT_LOG_UNAVAILABLE' } })
  await server.restart()
  await eventually(() => log.appendWebhook(webhook('after')).catch(() => null))
  t.same(await storedIds(log), ['before', 'after'], 'what was refused while waiting was never sent')
})
