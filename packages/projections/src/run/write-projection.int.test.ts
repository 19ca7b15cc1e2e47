import { eventually } from '@leadlog/testing'
import t from 'tap'
import { appendAccountEvents } from '../fixtures/account-events.ts'
import { MoneyMoved, POISON_AMOUNT } from '../fixtures/accounts.ts'
import { memoryEventSource } from '../fixtures/memory-event-source.ts'
import { settled } from '../fixtures/settled.ts'
import { silentLogger } from '../fixtures/silent-logger.ts'
import { testPool } from '../fixtures/test-pool.ts'
import { defineWriteProjection } from '../definition/define-write-projection.ts'
import { requireFold } from '../definition/require-fold.ts'
import { listParked } from '../parked/list-parked.ts'
import { resetWriteProjection } from '../rebuild/reset-write-projection.ts'
import { runProjections } from './run-projections.ts'

interface Tables {
  'bank.transfers': { id: string; amount: number }
}

function transfersProjection(version: number) {
  return defineWriteProjection<Tables>()({
    name: 'transfers',
    version,
    tables: ['bank.transfers'],
    on: [MoneyMoved],
    setup: () => ['create table if not exists bank.transfers (id text not null, amount integer not null)'],
    async write(db, events) {
      if (events.some(({ data }) => data.amount === POISON_AMOUNT)) throw new TypeError('unlucky amount')
      const values = events.map(({ id, data }) => ({ id, amount: data.amount * version }))
      await db.insertInto('bank.transfers').values(values).execute()
    }
  })
}

void t.test('SQL of its own runs in the batch, under the same checkpoint, and says what it cannot do', async (t) => {
  const pool = await testPool(t)
  const source = memoryEventSource()
  appendAccountEvents(source, { accounts: 10, events: 300 })
  const transfers = transfersProjection(1)
  source.append(MoneyMoved, 'p', { from: 'a', to: 'b', amount: POISON_AMOUNT })
  source.append(MoneyMoved, 'q', { from: 'a', to: 'b', amount: 7 })
  const running = await runProjections({ source, pool, projections: [transfers], logger: silentLogger })
  t.teardown(() => running.stop())
  await settled(running, source)
  const moved = source.events('EVENTS').filter(({ type }) => type === MoneyMoved.type).length
  const count = async () =>
    (await pool.query<{ n: number }>('select count(*)::int as n from bank.transfers')).rows[0]?.n
  t.equal(await count(), moved - 1, 'each once, without the poison one')
  t.match(await listParked(pool), [{ key: 'bank.transfer.p', sequence: 301, events: 1 }])
  t.throws(() => requireFold(transfers), { code: 'PROJECTION_NOT_FOLDABLE' })

  await resetWriteProjection(pool, transfers)
  source.append(MoneyMoved, 'r', { from: 'a', to: 'b', amount: 8 })
  await settled(running, source)
  t.equal(await count(), moved, 'filled again from the beginning')
})

void t.test('a raised version starts again with empty tables, also while the old release still runs', async (t) => {
  const pool = await testPool(t)
  const source = memoryEventSource()
  for (let number = 0; number < 50; number += 1) source.append(MoneyMoved, 't', { from: 'a', to: 'b', amount: 1 })
  const logger = silentLogger
  const oldRelease = await runProjections({ source, pool, projections: [transfersProjection(1)], logger })
  t.teardown(() => oldRelease.stop())
  await settled(oldRelease, source)
  const newRelease = await runProjections({ source, pool, projections: [transfersProjection(2)], logger })
  t.teardown(() => newRelease.stop())
  source.append(MoneyMoved, 't', { from: 'a', to: 'b', amount: 1 })
  await eventually(async () => (await oldRelease.positions()).every(({ state }) => state === 'superseded'))
  await eventually(async () => (await newRelease.positions()).every(({ lagEvents }) => lagEvents === 0))
  const { rows } = await pool.query(`select count(*)::int as n, sum(amount)::int as sum from bank.transfers`)
  t.strictSame(rows, [{ n: 51, sum: 102 }])
})
