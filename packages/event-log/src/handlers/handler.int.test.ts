import { newEvent, PermanentError, TransientError, type DataOf, type RecordedEvent } from '@leadlog/contracts'
import { eventually } from '@leadlog/testing'
import { jetstream } from '@nats-io/jetstream'
import t from 'tap'
import type { EventLog } from '../event-log.ts'
import { account, Deposited, Opened } from '../fixtures/account-events.ts'
import { inMemoryCipher } from '../fixtures/in-memory-cipher.ts'
import { openTestLog } from '../fixtures/open-test-log.ts'
import { ensureConsumer } from './ensure-consumer.ts'
import type { HandlerSpec } from './handler-spec.ts'
import { startBatchHandler, startHandler } from './start-handler.ts'

const spec = {
  service: 'bank',
  handler: 'book',
  stream: 'EVENTS',
  subjects: ['evt.bank.account.*'],
  concurrency: 4
} as const satisfies Omit<HandlerSpec, 'handle'>

async function deposit(log: EventLog, id: string, amounts: readonly number[]): Promise<void> {
  await log.transact({
    cause: { id: `${id}:${amounts.join()}`, correlationId: 'day-1' },
    handler: 'test',
    actor: 'service:test',
    load: [account(id)],
    decide: () => amounts.map((amount) => newEvent(Deposited, id, { amount }))
  })
}

function amountOf(event: RecordedEvent): number {
  return (event.data as DataOf<typeof Deposited>).amount
}

async function failures(log: EventLog, subject: string): Promise<RecordedEvent | null> {
  return log.getLast('DEAD_LETTERS', subject)
}

void t.test('keys in order, different keys in parallel, never more than the concurrency', async (t) => {
  const log = await openTestLog(t)
  const ids = ['a', 'b', 'c', 'd', 'e', 'f']
  for (const id of ids) await deposit(log, id, [1, 2, 3, 4, 5])
  const seen = new Map<string, number[]>()
  const running = new Set<string>()
  let most = 0
  const handler = await startHandler(log, {
    ...spec,
    handle: async (event) => {
      t.notOk(running.has(event.subject), 'one at a time of a key')
      running.add(event.subject)
      most = Math.max(most, running.size)
      await new Promise((resolve) => setImmediate(resolve))
      seen.set(event.subject, [...(seen.get(event.subject) ?? []), amountOf(event)])
      running.delete(event.subject)
    }
  })
  await eventually(() => handler.stats().acked === 30)
  await handler.stop()
  t.same(
    [...seen.values()],
    Array.from(ids, () => [1, 2, 3, 4, 5])
  )
  t.ok(most > 1 && most <= 4, `${most} at once`)
})

void t.test(
  'fails for a time: recorded, tried again, then done; fails for good or too often: dead letter',
  async (t) => {
    const log = await openTestLog(t)
    const attempts: number[] = []
    const handler = await startHandler(log, {
      ...spec,
      retryDelaysMs: [10, 10],
      handle: async (event, { attempt }) => {
        const amount = amountOf(event)
        if (amount === 1) {
          attempts.push(attempt)
          if (attempt < 3) throw new TransientError('BANK_AWAY', 'the bank answered 503 to ada@example.com')
        }
        if (amount === 2) throw new PermanentError('BANK_REFUSED', 'account 77 is closed')
        if (amount === 3) throw new Error('boom')
      }
    })
    await deposit(log, 'a', [1])
    await eventually(() => handler.stats().acked === 1)
    t.same(attempts, [1, 2, 3])
    t.match(await failures(log, 'retry.bank.book'), {
      type: 'ops.AttemptFailed.v1',
      correlationid: 'day-1',
      data: { attempt: 2, code: 'BANK_AWAY', message: 'the bank answered 503 to [e-mail]', eventType: Deposited.type }
    })
    t.equal(await failures(log, 'dead.bank.book'), null)

    await deposit(log, 'b', [2])
    await eventually(() => handler.stats().deadLettered === 1)
    const dead = await failures(log, 'dead.bank.book')
    t.match(dead, {
      type: 'ops.DeadLettered.v1',
      actor: 'service:bank',
      data: {
        service: 'bank',
        handler: 'book',
        stream: 'EVENTS',
        attempt: 1,
        code: 'BANK_REFUSED',
        reason: 'permanent'
      }
    })
    t.equal(dead?.causationid, (await log.load(account('b'))).events[0]?.id)

    await deposit(log, 'c', [3])
    await eventually(() => handler.stats().deadLettered === 2)
    t.match(await failures(log, 'dead.bank.book'), { data: { attempt: 3, reason: 'attempts-exhausted' } })
    await handler.stop()

    const info = await log.connection.request(
      `$JS.API.CONSUMER.INFO.${log.naming.stream('EVENTS')}.${log.naming.durable('bank', 'book')}`
    )
    t.match(info.json(), { num_ack_pending: 0, num_pending: 0, config: { max_deliver: -1 } })
  }
)

void t.test('the time that a vendor asks for wins over the schedule', async (t) => {
  const log = await openTestLog(t)
  await deposit(log, 'a', [1])
  const handler = await startHandler(log, {
    ...spec,
    retryDelaysMs: [3_600_000],
    handle: async (_event, { attempt }) => {
      if (attempt === 1) throw new TransientError('BUSY', 'slow down', { retryAfterMs: 20 })
    }
  })
  await eventually(() => handler.stats().acked === 1)
  await handler.stop()
  t.equal(handler.stats().retried, 1)
})

void t.test('a message given to a handler twice leaves the log as it was after the first time', async (t) => {
  const log = await openTestLog(t)
  await deposit(log, 'a', [1])
  let runs = 0
  const handler = await startHandler(log, {
    ...spec,
    types: [Deposited.type],
    subjects: ['evt.bank.account.a'],
    retryDelaysMs: [1, 1, 1],
    handle: async (_event, { cause }) => {
      await log.transact({
        cause,
        handler: 'bank-book',
        actor: 'service:bank',
        load: [account('mirror')],
        decide: () => [newEvent(Deposited, 'mirror', { amount: 1 }), newEvent(Deposited, 'mirror', { amount: 2 })]
      })
      runs += 1
      if (runs < 4) throw new Error('crashed after the append')
    }
  })
  await eventually(() => handler.stats().acked === 1)
  await handler.stop()
  t.equal(runs, 4)
  t.same((await log.load(account('mirror'))).events.map(amountOf), [1, 2])
})

void t.test(
  'what cannot be read is a dead letter, other types are passed over, erased persons are still handled',
  async (t) => {
    const cipher = inMemoryCipher()
    const log = await openTestLog(t, { cipher })
    const seen: unknown[] = []
    log.connection.publish(log.naming.subject('evt.bank.account.broken'), '{"not":"an event"}')
    await log.connection.flush()
    await log.transact({
      cause: { id: 'x', correlationId: 'x' },
      handler: 'test',
      actor: 'service:test',
      load: [],
      decide: () => [
        newEvent(Opened, 'o', { accountId: 'o', personId: 'p', owner: { name: 'Ada', phone: '1' }, note: 'n' }),
        newEvent(Deposited, 'o', { amount: 1 })
      ]
    })
    cipher.destroy('p')
    const handler = await startHandler(log, {
      ...spec,
      types: [Opened.type],
      handle: async (event) => void seen.push(event.data)
    })
    await eventually(() => handler.stats().acked + handler.stats().deadLettered + handler.stats().skipped === 3)
    await handler.stop()
    t.match(handler.stats(), { acked: 1, deadLettered: 1, skipped: 1, held: 0 })
    t.same(seen, [{ accountId: 'o', personId: 'p', owner: { name: '[erased]', phone: null }, note: '[erased]' }])
    t.match(await failures(log, 'dead.bank.book'), {
      data: { reason: 'unreadable', eventId: null, eventType: null, subject: 'evt.bank.account.broken', sequence: 1 }
    })
  }
)

void t.test('a process that dies each time does not keep its message for ever', async (t) => {
  const log = await openTestLog(t)
  await deposit(log, 'a', [1])
  await ensureConsumer(log, spec)
  const consumer = await jetstream(log.connection).consumers.get(
    log.naming.stream('EVENTS'),
    log.naming.durable('bank', 'book')
  )
  // Delivered and given back without an outcome, as after so many crashes.
  for (let delivered = 0; delivered < 5; delivered++) (await consumer.next())?.nak()
  let ran = 0
  const handler = await startHandler(log, { ...spec, retryDelaysMs: [1], handle: async () => void (ran += 1) })
  await eventually(() => handler.stats().deadLettered === 1)
  await handler.stop()
  t.equal(ran, 0)
  t.match(await failures(log, 'dead.bank.book'), {
    data: { reason: 'attempts-exhausted', code: 'HANDLER_CRASHED', message: /process crashed/ }
  })
})

void t.test('a handler slower than the ack wait is not given to another', async (t) => {
  const log = await openTestLog(t)
  await deposit(log, 'a', [1])
  let redelivered = 0
  const handler = await startHandler(log, {
    ...spec,
    ackWaitMs: 300,
    handle: async (_event, { attempt }) => {
      if (attempt > 1) redelivered += 1
      // Three ack waits, counted in the server's time: each sign of life must have been taken.
      const until = performance.now() + 1_000
      await eventually(() => performance.now() > until)
    }
  })
  await eventually(() => handler.stats().acked === 1)
  await handler.stop()
  t.equal(redelivered, 0)
})

void t.test('stop finishes what runs, gives back what waits, and nothing is lost or done twice', async (t) => {
  const log = await openTestLog(t)
  for (const id of ['a', 'b', 'c']) await deposit(log, id, [1, 2, 3])
  const done: string[] = []
  let release: () => void = () => undefined
  const gate = new Promise<void>((resolve) => (release = resolve))
  const started: string[] = []
  const handle = async (event: RecordedEvent) => {
    started.push(event.id)
    await gate
    done.push(event.id)
  }
  const first = await startHandler(log, { ...spec, concurrency: 9, handle })
  await eventually(() => started.length === 3 && first.stats().held === 9)
  const stopping = first.stop()
  release()
  await stopping
  t.equal(done.length, 3, 'the three that ran')
  t.match(first.stats(), { acked: 3, held: 0, running: 0 })

  const second = await startHandler(log, { ...spec, handle })
  await eventually(() => second.stats().acked === 6)
  await second.stop()
  t.equal(new Set(done).size, 9)
  t.equal(done.length, 9)
})

void t.test('batches: one outcome each, no key in two batches at once', async (t) => {
  const log = await openTestLog(t)
  for (let index = 0; index < 20; index++) await deposit(log, `k${index % 5}`, [index])
  const batches: number[][] = []
  const handler = await startBatchHandler(log, {
    ...spec,
    handler: 'in-batches',
    concurrency: 2,
    maxBatch: 8,
    maxBatchWaitMs: 5,
    retryDelaysMs: [1],
    handleBatch: async (deliveries) => {
      batches.push(deliveries.map(({ event }) => amountOf(event)))
      return deliveries.map(({ event, context }) => {
        if (amountOf(event) === 7 && context.attempt === 1) return { kind: 'failed', error: new Error('once') }
        if (amountOf(event) === 9) return { kind: 'failed', error: new PermanentError('NO', 'never') }
        return { kind: 'ack' }
      })
    }
  })
  await eventually(() => handler.stats().acked === 19 && handler.stats().deadLettered === 1)
  await handler.stop()
  t.equal(handler.stats().retried, 1)
  t.ok(batches.some((batch) => batch.length > 1) && batches.every((batch) => batch.length <= 8))
  const order = batches.flat().filter((amount) => amount !== 7)
  for (let key = 0; key < 5; key++) {
    const ofKey = order.filter((amount) => amount % 5 === key)
    t.same(
      ofKey,
      [...ofKey].sort((a, b) => a - b)
    )
  }
})
