import { newEvent, type EventBatchRequest, type RecordedEvent } from '@leadlog/contracts'
import { eventually, isolatedNats } from '@leadlog/testing'
import t from 'tap'
import type { EventLog } from '../event-log.ts'
import { account, Deposited, Opened } from '../fixtures/account-events.ts'
import { inMemoryCipher } from '../fixtures/in-memory-cipher.ts'
import { openTestLog } from '../fixtures/open-test-log.ts'
import { webhook } from '../fixtures/webhook.ts'
import type { EventLogBatch } from './read-batches.ts'

let causes = 0

async function deposit(log: EventLog, id: string, count = 1): Promise<number> {
  const result = await log.transact({
    cause: { id: `cause-${++causes}`, correlationId: 'c' },
    handler: 'test',
    actor: 'service:test',
    load: [account(id)],
    decide: () => Array.from({ length: count }, (_, amount) => newEvent(Deposited, id, { amount }))
  })
  return 'events' in result ? (result.events.at(-1)?.sequence ?? 0) : 0
}

function reading(log: EventLog, request: Partial<EventBatchRequest> = {}) {
  const ending = new AbortController()
  const batches: EventLogBatch[] = []
  const whole: EventBatchRequest = {
    stream: 'EVENTS',
    fromSequence: 1,
    maxEvents: 500,
    maxWaitMs: 5,
    signal: ending.signal,
    ...request
  }
  const done = (async () => {
    for await (const batch of log.batches(whole)) batches.push(batch)
  })()
  return {
    batches,
    events: (): RecordedEvent[] => batches.flatMap((batch) => batch.events),
    done,
    async stop() {
      ending.abort()
      await done
    }
  }
}

void t.test('everything in order, in batches of the size asked for, up to the sequence asked for', async (t) => {
  const log = await openTestLog(t)
  for (let index = 0; index < 5; index++) await deposit(log, `a${index}`, 50)
  t.equal(await log.lastSequence('EVENTS'), 250)
  const reader = reading(log, { fromSequence: 11, maxEvents: 40, untilSequence: 199 })
  await reader.done
  t.same(
    reader.events().map((event) => event.sequence),
    Array.from({ length: 189 }, (_, index) => index + 11)
  )
  t.ok(reader.batches.every((batch) => batch.events.length <= 40))
  t.match(reader.batches.at(-1), { throughSequence: 199 })
  t.match(reader.events()[0], { stream: 'EVENTS', type: Deposited.type, subject: 'bank.account.a0' })
})

void t.test('live: says when it has caught up, also over what its filter leaves out', async (t) => {
  const log = await openTestLog(t)
  const everything = reading(log)
  const one = reading(log, { subjects: ['evt.bank.account.one'] })
  await eventually(() => everything.batches.length === 1 && one.batches.length === 1)
  t.match(everything.batches[0], { events: [], throughSequence: 0, caughtUp: true }, 'an empty stream is caught up')
  const first = await deposit(log, 'one')
  await eventually(() => one.events().length === 1 && everything.events().length === 1)
  const second = await deposit(log, 'other')
  await eventually(() => one.batches.at(-1)?.throughSequence === second)
  t.match(one.batches.at(-1), { events: [], caughtUp: true })
  t.same(
    one.events().map((event) => event.sequence),
    [first]
  )
  t.equal(everything.batches.at(-1)?.throughSequence, second)
  await Promise.all([everything.stop(), one.stop()])

  const bounded = reading(log, { subjects: ['evt.bank.account.one'], untilSequence: second })
  await bounded.done
  t.match(bounded.batches.at(-1), { throughSequence: second })
})

void t.test('several filters with wildcards: what they leave out moves the reader on, and is not read', async (t) => {
  const log = await openTestLog(t)
  const subjects = ['evt.bank.account.>', 'evt.bank.savings.>']
  const live = reading(log, { subjects })
  const first = await deposit(log, 'one', 3)
  log.connection.publish(log.naming.subject('evt.bank.loan.one'), 'not an event')
  await log.connection.flush()
  await eventually(() => live.batches.at(-1)?.throughSequence === first + 1)
  const last = await deposit(log, 'two')
  await eventually(() => live.events().length === 4)
  t.same(
    live.events().map((event) => event.sequence),
    [1, 2, 3, last]
  )
  t.ok(live.batches.every(({ unreadable }) => unreadable.length === 0))
  await live.stop()

  const bounded = reading(log, { subjects, untilSequence: last })
  await bounded.done
  t.match(bounded.batches.at(-1), { throughSequence: last })
  t.equal(bounded.events().length, 4)
})

void t.test('a broken message is named and passed over; sealed and unsealed events keep their order', async (t) => {
  const cipher = inMemoryCipher()
  const log = await openTestLog(t, { cipher })
  await deposit(log, 'a', 2)
  await log.transact({
    cause: { id: 'o', correlationId: 'o' },
    handler: 'test',
    actor: 'service:test',
    load: [account('b')],
    decide: () => [
      newEvent(Opened, 'b', { accountId: 'b', personId: 'p', owner: { name: 'Ada', phone: null }, note: 'n' })
    ]
  })
  log.connection.publish(log.naming.subject('evt.bank.account.broken'), 'not json')
  await log.connection.flush()
  const last = await deposit(log, 'a')
  const reader = reading(log, { untilSequence: last })
  await reader.done
  t.same(
    reader.events().map((event) => event.sequence),
    [1, 2, 3, 5]
  )
  t.match(reader.events()[2]?.data, { owner: { name: 'Ada' } })
  t.match(
    reader.batches.flatMap((batch) => batch.unreadable),
    [{ sequence: 4, code: 'EVENT_LOG_EVENT_UNREADABLE' }]
  )
})

void t.test('a server that is killed and comes back interrupts nobody', async (t) => {
  const server = await isolatedNats(t, { syncAlways: true })
  const log = await openTestLog(t, { servers: server.url })
  const reader = reading(log, { maxEvents: 10 })
  await deposit(log, 'a', 25)
  await eventually(() => reader.events().length === 25)
  await server.kill()
  await server.restart()
  await eventually(() => deposit(log, 'a', 25), { every: 100 })
  await eventually(() => reader.events().length === 50)
  await reader.stop()
  t.same(
    reader.events().map((event) => event.sequence),
    Array.from({ length: 50 }, (_, index) => index + 1)
  )
})

void t.test('reading can begin at a time: at the first message stored since, or behind the last', async (t) => {
  const log = await openTestLog(t)
  t.equal(await log.sequenceAt('INGEST', new Date(0)), 1, 'an empty stream')
  await log.appendWebhook(webhook('early'))
  const between = new Date()
  await eventually(() => Date.now() > between.getTime() + 1)
  await log.appendWebhook(webhook('late'))
  t.equal(await log.sequenceAt('INGEST', new Date(0)), 1)
  t.equal(await log.sequenceAt('INGEST', new Date(between.getTime() + 1)), 2)
  t.equal(await log.sequenceAt('INGEST', new Date(Date.now() + 60_000)), 3)
})

void t.test('large events come in smaller batches, and none is left out, wherever their data stands', async (t) => {
  const log = await openTestLog(t)
  const sizes = Array.from({ length: 60 }, (_, index) => (index % 10 === 0 ? 700_000 : 100_000))
  for (const [index, size] of sizes.entries()) {
    await log.transact({
      cause: { id: `large-${index}`, correlationId: 'c' },
      handler: 'test',
      actor: 'service:test',
      load: [account('large')],
      decide: () => [newEvent(Deposited, 'large', { amount: index, text: 'x'.repeat(size) })]
    })
  }
  const reader = reading(log, { untilSequence: sizes.length })
  await reader.done
  t.same(
    reader.events().map(({ data }) => (data as { text: string }).text.length),
    sizes
  )
  const bytes = reader.batches.map(({ events }) => JSON.stringify(events).length)
  t.ok(
    bytes.every((size) => size < 2_500_000),
    `batches of ${bytes.join(', ')} bytes`
  )
})
