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
