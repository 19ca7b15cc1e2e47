import { AttemptDeferred, newEvent, TransientError, type DataOf, type RecordedEvent } from '@leadlog/contracts'
import { eventually, isolatedNats } from '@leadlog/testing'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import t from 'tap'
import type { EventLog } from '../event-log.ts'
import { account, Deposited } from '../fixtures/account-events.ts'
import { openTestLog } from '../fixtures/open-test-log.ts'
import { startHandler } from './start-handler.ts'

const spec = { service: 'bank', handler: 'book', stream: 'EVENTS', subjects: ['evt.bank.account.*'] } as const

async function deposit(log: EventLog, id: string, count: number): Promise<void> {
  await log.transact({
    cause: { id: `deposit-${id}`, correlationId: 'c' },
    handler: 'test',
    actor: 'service:test',
    load: [account(id)],
    decide: () => Array.from({ length: count }, (_, amount) => newEvent(Deposited, id, { amount }))
  })
}

function amountOf(event: RecordedEvent): number {
  return (event.data as DataOf<typeof Deposited>).amount
}

void t.test('kill -9 of the server in the midst: consumption goes on by itself, nothing is left out', async (t) => {
  const server = await isolatedNats(t, { syncAlways: true })
  const log = await openTestLog(t, { servers: server.url })
  const keys = Array.from({ length: 8 }, (_, index) => `k${index}`)
  for (const key of keys) await deposit(log, key, 50)
  const copied: string[] = []
  const handler = await startHandler(log, {
    ...spec,
    concurrency: 8,
    ackWaitMs: 1_000,
    retryDelaysMs: Array.from({ length: 20 }, () => 50),
    // Appends what it saw: so that the outage hits handlers as well as the consumer.
    handle: async (event, { cause }) => {
      const id = `copy-${event.subject.split('.').at(-1) ?? ''}`
      if (id.startsWith('copy-copy')) return
      await log.transact({
        cause,
        handler: 'bank-book',
        actor: 'service:bank',
        load: [account(id)],
        decide: () => [newEvent(Deposited, id, { amount: amountOf(event) })]
      })
      copied.push(event.id)
    }
  })
  for (const moment of [60, 200]) {
    await eventually(() => copied.length >= moment, { every: 1 })
    await server.kill('SIGKILL')
    await server.restart()
  }
  await eventually(() => new Set(copied).size === 400)
  await handler.stop()
  for (const key of keys) {
    const amounts = (await log.load(account(`copy-${key}`))).events.map(amountOf)
    t.same(
      [...amounts].sort((a, b) => a - b),
      Array.from({ length: 50 }, (_, amount) => amount),
      'each exactly once'
    )
  }
})

void t.test('a message delivered again while it is still being handled is handled once', async (t) => {
  let redelivered = 0
  const log = await openTestLog(t, { metrics: { onRedelivered: () => void (redelivered += 1) } })
  await deposit(log, 'a', 1)
  let runs = 0
  const handler = await startHandler(log, {
    ...spec,
    concurrency: 4,
    ackWaitMs: 200,
    handle: async () => {
      runs += 1
      // Nothing else runs meanwhile, so the signs of life fail to come and the server loses patience.
      const until = performance.now() + 500
      while (performance.now() < until);
      await eventually(() => redelivered > 0)
    }
  })
  await eventually(() => handler.stats().acked === 1)
  await handler.stop()
  t.equal(runs, 1)
  const manager = await jetstreamManager(log.connection)
  const info = await manager.consumers.info(log.naming.stream('EVENTS'), log.naming.durable('bank', 'book'))
  t.match(info, { num_ack_pending: 0, num_pending: 0 })
})

void t.test('a consumer that was deleted is made again; one whose spec changed is updated and goes on', async (t) => {
  const log = await openTestLog(t)
  const manager = await jetstreamManager(log.connection)
  const stream = log.naming.stream('EVENTS')
  const seen: string[] = []
  const handle = async (event: RecordedEvent) => void seen.push(event.subject)
  const first = await startHandler(log, { ...spec, subjects: ['evt.bank.account.a'], concurrency: 2, handle })
  await deposit(log, 'a', 1)
  await eventually(() => seen.length === 1)
  await first.stop()

  await deposit(log, 'b', 1)
  const second = await startHandler(log, {
    ...spec,
    subjects: ['evt.bank.account.a', 'evt.bank.account.b'],
    ackWaitMs: 5_000,
    concurrency: 2,
    handle
  })
  await deposit(log, 'a', 2)
  t.match((await manager.consumers.info(stream, second.name)).config, { ack_wait: 5_000_000_000 })
  await eventually(() => seen.includes('bank.account.b'))

  await manager.consumers.delete(stream, second.name)
  await deposit(log, 'b', 2)
  await eventually(() => second.stats().acked >= 3)
  await second.stop()
})

void t.test('a handler that does not end in time is told to, and its message comes again', async (t) => {
  const log = await openTestLog(t)
  await deposit(log, 'a', 1)
  let started = false
  const stuck = await startHandler(log, {
    ...spec,
    concurrency: 1,
    handle: async (_event, { signal }) => {
      started = true
      await new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
      )
    }
  })
  await eventually(() => started)
  await stuck.stop({ graceMs: 10 })
  t.match(stuck.stats(), { acked: 0, retried: 0, deadLettered: 0, held: 0 })
  const next = await startHandler(log, { ...spec, concurrency: 1, handle: async () => undefined })
  await eventually(() => next.stats().acked === 1)
  await next.stop()
  t.equal(await log.getLast('DEAD_LETTERS', 'retry.bank.book'), null)
})

const away = new TransientError('BANK_AWAY', 'the circuit to the bank is open', {
  retryAfterMs: 1,
  countsAsAttempt: false
})

void t.test('an outage longer than the schedule: nothing is given up, everything is done afterwards', async (t) => {
  const log = await openTestLog(t)
  for (const key of ['a', 'b', 'c']) await deposit(log, key, 2)
  let runs = 0
  let open = true
  const done = new Set<string>()
  const start = () =>
    startHandler(log, {
      ...spec,
      concurrency: 4,
      retryDelaysMs: [1],
      handle: async (event) => {
        runs += 1
        if (open) throw away
        done.add(event.id)
      }
    })
  const first = await start()
  // Six messages, each far beyond its one repetition and the three crashes that are allowed.
  await eventually(() => runs >= 6 * 12)
  await first.stop()
  t.match(first.stats(), { deadLettered: 0, retried: 0, acked: 0 })
  t.ok(first.stats().deferred > 0)
  open = false
  const second = await start()
  await eventually(() => done.size === 6)
  await second.stop()
  t.match(second.stats(), { acked: 6, deadLettered: 0 })
  t.equal(await log.getLast('DEAD_LETTERS', 'dead.bank.book'), null)
  const waits = await log.lastSequence('DEAD_LETTERS')
  t.equal(waits, 6, 'said once for each message, not for each deferral')
  t.match(await log.get('DEAD_LETTERS', 1), { type: AttemptDeferred.type, data: { attempt: 1, code: 'BANK_AWAY' } })
})

void t.test('a failure of its own uses up attempts also of a message that waited long', async (t) => {
  const log = await openTestLog(t)
  await deposit(log, 'a', 1)
  let runs = 0
  const handler = await startHandler(log, {
    ...spec,
    concurrency: 1,
    retryDelaysMs: [1, 1],
    handle: async () => {
      runs += 1
      throw runs <= 12 || runs === 14 ? away : new TransientError('BANK_BROKE', 'no such luck')
    }
  })
  await eventually(() => handler.stats().deadLettered === 1)
  await handler.stop()
  t.equal(runs, 16, 'twelve and one deferral, three attempts')
  t.match(await log.getLast('DEAD_LETTERS', 'dead.bank.book'), {
    data: { attempt: 3, code: 'BANK_BROKE', reason: 'attempts-exhausted' }
  })
})

void t.test('a message that waited long and then takes its process down each time is given up', async (t) => {
  const log = await openTestLog(t)
  await deposit(log, 'a', 1)
  let runs = 0
  const handler = await startHandler(log, {
    ...spec,
    concurrency: 1,
    retryDelaysMs: [1],
    handle: async () => {
      runs += 1
      throw away
    }
  })
  await eventually(() => runs >= 12)
  await handler.stop()
  const consumer = await jetstream(log.connection).consumers.get(
    log.naming.stream('EVENTS'),
    log.naming.durable('bank', 'book')
  )
  // Delivered and given back without an outcome, as after so many crashes.
  for (let delivered = 0; delivered < 6; delivered++) (await consumer.next())?.nak()
  let ran = 0
  const next = await startHandler(log, {
    ...spec,
    concurrency: 1,
    retryDelaysMs: [1],
    handle: async () => void (ran += 1)
  })
  await eventually(() => next.stats().deadLettered === 1)
  await next.stop()
  t.equal(ran, 0)
  t.match(await log.getLast('DEAD_LETTERS', 'dead.bank.book'), { data: { code: 'HANDLER_CRASHED' } })
})

void t.test('a handler of a stream that does not exist fails to start', async (t) => {
  const log = await openTestLog(t)
  await t.rejects(startHandler(log, { ...spec, stream: 'NOWHERE', concurrency: 1, handle: async () => undefined }))
  await t.rejects(startHandler(log, { ...spec, handler: 'Not A Name', concurrency: 1, handle: async () => undefined }))
})
