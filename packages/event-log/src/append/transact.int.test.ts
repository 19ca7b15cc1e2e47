import { mock } from 'node:test'
import { newEvent, type DataOf } from '@leadlog/contracts'
import t from 'tap'
import { account, Deposited, Opened } from '../fixtures/account-events.ts'
import { alwaysGrouped } from '../fixtures/always-grouped.ts'
import { inMemoryCipher } from '../fixtures/in-memory-cipher.ts'
import { openTestLog } from '../fixtures/open-test-log.ts'
import type { EventLog } from '../event-log.ts'
import type { TransactRequest, TransactResult } from './transact-request.ts'

function cause(id: string) {
  return { id, correlationId: id }
}

function deposit(log: EventLog, id: string, causeId: string, amount = 1): Promise<TransactResult> {
  return log.transact({
    cause: cause(causeId),
    handler: 'bank-deposit',
    actor: 'service:bank',
    load: [account(id)],
    decide: () => [newEvent(Deposited, id, { amount })]
  })
}

void t.test('rivals for one aggregate lose no update and record nothing twice, across processes', async (t) => {
  const first = await openTestLog(t)
  const second = await openTestLog(t, { servers: first.connection.getServer(), prefix: first.naming.prefix })
  const causes = Array.from({ length: 20 }, (_, index) => `c${index}`)
  const seen: number[] = []
  const increment = (log: EventLog, causeId: string) =>
    log.transact({
      cause: cause(causeId),
      handler: 'bank-count',
      actor: 'service:bank',
      load: [account('a1')],
      decide: ([history]) => {
        const last = history?.events.at(-1)?.data as DataOf<typeof Deposited> | undefined
        return [newEvent(Deposited, 'a1', { amount: (last?.amount ?? 0) + 1 })]
      }
    })
  // Every cause runs in both processes at once, as a redelivery would.
  await Promise.all(causes.flatMap((id) => [increment(first, id), increment(second, id)]))

  const { events, sequence } = await first.load(account('a1'))
  for (const event of events) seen.push((event.data as DataOf<typeof Deposited>).amount)
  t.same(
    seen,
    causes.map((_, index) => index + 1),
    'each decision saw the one before'
  )
  t.equal(new Set(events.map((event) => event.id)).size, causes.length)
  t.equal(sequence, events.at(-1)?.sequence)
  t.same((await second.load(account('a1'))).events, events, 'both caches agree')
})

void t.test('several events of several aggregates are stored together, and repeating finds them all', async (t) => {
  const log = await openTestLog(t, { cipher: inMemoryCipher() })
  await deposit(log, 'b1', 'before')
  const transfer: TransactRequest = {
    cause: cause('transfer'),
    handler: 'bank-transfer',
    actor: 'user:ada',
    load: [account('b1')],
    decide: () => [
      newEvent(Opened, 'b2', { accountId: 'b2', personId: 'p1', owner: { name: 'Ada', phone: null }, note: 'hi' }),
      newEvent(Deposited, 'b1', { amount: -5 }),
      newEvent(Deposited, 'b2', { amount: 5 }),
      newEvent(Deposited, 'b1', { amount: -1 })
    ]
  }
  const done = await log.transact(transfer)
  t.match(done, { repeated: false, events: [{ type: Opened.type }, {}, {}, { subject: 'bank.account.b1' }] })
  t.match((await log.load(account('b2'))).events, [{ data: { owner: { name: 'Ada' } }, actor: 'user:ada' }, {}])

  const again = await log.transact({ ...transfer, decide: () => t.fail('must not decide again') as never })
  t.same(again, { ...done, repeated: true })

  // A repetition that loads another aggregate first still finds what was recorded elsewhere.
  const elsewhere = await log.transact({ ...transfer, load: [account('unrelated')] })
  t.same(elsewhere, { ...done, repeated: true })
})

void t.test('what is refused, empty or does not fit its schema leaves no trace', async (t) => {
  const log = await openTestLog(t)
  const base = { cause: cause('x'), handler: 'h', actor: 'service:bank', load: [account('c1')] } as const
  t.same(await log.transact({ ...base, decide: () => ({ refused: true, code: 'NO', message: 'no' }) }), {
    refusal: { refused: true, code: 'NO', message: 'no' }
  })
  t.same(await log.transact({ ...base, decide: () => [] }), { events: [], repeated: false })
  const invalid = log.transact({
    ...base,
    decide: () => [newEvent(Deposited, 'c1', { amount: 1 }), newEvent(Deposited, 'c1', { amount: 1.5 })]
  })
  await t.rejects(invalid, { name: 'PermanentError', code: 'EVENT_LOG_EVENT_INVALID', message: /\/amount/ })
  t.same(await log.load(account('c1')), { ref: account('c1'), events: [], sequence: 0 })
})

void t.test('many transactions at once share batches, and one that repeats does not harm the others', async (t) => {
  const flights: { units: number; stored: boolean }[] = []
  const log = await openTestLog(t, { pace: alwaysGrouped, metrics: { onFlight: (flight) => flights.push(flight) } })
  await deposit(log, 'd7', 'same')
  const second = await openTestLog(t, { servers: log.connection.getServer(), prefix: log.naming.prefix })
  await second.load(account('d9'))
  // The second process appends to d9 behind the back of the first one, whose decision is already taken.
  const results = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      if (index === 9) await deposit(second, 'd9', 'rival')
      return deposit(log, `d${index}`, index === 7 ? 'same' : `cause-${index}`)
    })
  )
  t.equal(results.filter((result) => 'events' in result && !result.repeated).length, 199)
  t.ok(
    flights.some((flight) => flight.units > 1 && flight.stored),
    'grouped'
  )
  const histories = await Promise.all(results.map((_, index) => log.load(account(`d${index}`))))
  t.same(
    histories.map((history) => history.events.length),
    results.map((_, index) => (index === 9 ? 2 : 1))
  )
})

/** How many messages the log sent meanwhile. */
async function sentDuring(log: EventLog, work: () => Promise<unknown>): Promise<number> {
  const before = log.connection.stats().outMsgs
  await work()
  return log.connection.stats().outMsgs - before
}

void t.test('what this process appended it need not ask for, and what another appended it finds', async (t) => {
  const log = await openTestLog(t)
  const rival = await openTestLog(t, { servers: log.connection.getServer(), prefix: log.naming.prefix })
  await deposit(log, 'g1', 'first')
  t.equal(await sentDuring(log, () => deposit(log, 'g1', 'second')), 1, 'the append only')

  const amounts: number[][] = []
  const count = (causeId: string, add: boolean, nothingIsFinal = false): Promise<TransactResult> =>
    log.transact({
      cause: cause(causeId),
      handler: 'bank-count',
      actor: 'service:bank',
      load: [account('g1')],
      nothingIsFinal,
      decide: ([history]) => {
        amounts.push((history?.events ?? []).map(({ data }) => (data as DataOf<typeof Deposited>).amount))
        return add ? [newEvent(Deposited, 'g1', { amount: 3 })] : []
      }
    })
  await deposit(rival, 'g1', 'rival', 2)
  t.equal(await sentDuring(log, () => count('nothing, for ever', false, true)), 0)
  t.strictSame(amounts.splice(0), [[1, 1]])
  t.same(await count('nothing', false), { events: [], repeated: false })
  t.strictSame(amounts.splice(0), [
    [1, 1],
    [1, 1, 2]
  ])
  await deposit(rival, 'g1', 'rival again', 4)
  t.match(await count('something', true), { repeated: false })
  t.strictSame(amounts, [
    [1, 1, 2],
    [1, 1, 2, 4]
  ])
  t.equal((await rival.load(account('g1'))).events.length, 5)
})

void t.test('a decision that rests on an aggregate to which it adds nothing sees all of it', async (t) => {
  const log = await openTestLog(t)
  const rival = await openTestLog(t, { servers: log.connection.getServer(), prefix: log.naming.prefix })
  await deposit(log, 'h1', 'a')
  await deposit(log, 'h2', 'b')
  await deposit(rival, 'h1', 'c', 5)
  const result = await log.transact({
    cause: cause('copy'),
    handler: 'bank-copy',
    actor: 'service:bank',
    load: [account('h1'), account('h2')],
    decide: ([from]) => [newEvent(Deposited, 'h2', { amount: from?.events.length ?? 0 })]
  })
  t.match(result, { events: [{ data: { amount: 2 } }] })
})

void t.test('an aggregate that is taken for new although it is not is appended to all the same', async (t) => {
  const log = await openTestLog(t)
  const rival = await openTestLog(t, { servers: log.connection.getServer(), prefix: log.naming.prefix })
  await deposit(rival, 'i1', 'a')
  const open = (by: EventLog): Promise<TransactResult> =>
    by.transact({
      cause: cause('open'),
      handler: 'bank-open',
      actor: 'service:bank',
      load: [],
      decide: () => [newEvent(Deposited, 'i1', { amount: 2 }), newEvent(Deposited, 'i2', { amount: 3 })]
    })
  const done = await open(log)
  t.match(done, { repeated: false, events: [{}, {}] })
  t.same(await open(log), { ...done, repeated: true }, 'found by what is remembered')
  t.same(await open(rival), { ...done, repeated: true }, 'found although the other process remembers only a part')
  t.equal((await rival.load(account('i1'))).events.length, 2)
})

void t.test('transactions of several events that come thick share batches; one alone does not wait', async (t) => {
  const flights: { units: number; messages: number }[] = []
  const log = await openTestLog(t, { metrics: { onFlight: (flight) => flights.push(flight) } })
  const open = (id: string): Promise<TransactResult> =>
    log.transact({
      cause: cause(id),
      handler: 'bank-open',
      actor: 'service:bank',
      load: [],
      decide: () => [newEvent(Deposited, id, { amount: 1 }), newEvent(Deposited, id, { amount: 2 })]
    })
  await open('j')
  t.strictSame(
    flights.splice(0).map(({ units }) => units),
    [1]
  )
  const results = await Promise.all(Array.from({ length: 48 }, (_, index) => open(`j${index}`)))
  t.ok(results.every((result) => 'events' in result && result.events.length === 2 && !result.repeated))
  t.equal(
    flights.reduce((sum, { units }) => sum + units, 0),
    48
  )
  t.ok(flights.length <= 3, `${flights.length} batches`)
})

void t.test('an urgent one does not wait for company, and takes along what waits', async (t) => {
  const flights: { units: number }[] = []
  const log = await openTestLog(t, { metrics: { onFlight: (flight) => flights.push(flight) } })
  const open = (id: string, urgent = false): Promise<TransactResult> =>
    log.transact({
      cause: cause(id),
      handler: 'bank-open',
      actor: 'service:bank',
      load: [],
      urgent,
      decide: () => [newEvent(Deposited, id, { amount: 1 }), newEvent(Deposited, id, { amount: 2 })]
    })
  // The moment in which others wait for company never passes.
  const now = performance.now()
  mock.method(performance, 'now', () => now)
  mock.timers.enable({ apis: ['setTimeout'] })
  t.teardown(() => mock.reset())
  await open('u1')
  const waits = open('u2')
  await log.connection.flush()
  await log.connection.flush()
  t.equal(flights.length, 1, 'the second waits')
  await open('u3', true)
  await waits
  t.strictSame(
    flights.map(({ units }) => units),
    [1, 2]
  )
})
