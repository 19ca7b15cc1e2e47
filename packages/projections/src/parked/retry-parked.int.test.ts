import t from 'tap'
import { AccountOpened, accountsProjection, MoneyMoved, POISON_AMOUNT } from '../fixtures/accounts.ts'
import { memoryEventSource } from '../fixtures/memory-event-source.ts'
import { settled } from '../fixtures/settled.ts'
import { silentLogger } from '../fixtures/silent-logger.ts'
import { expectedRows, tableRows } from '../fixtures/table-rows.ts'
import { testPool } from '../fixtures/test-pool.ts'
import { runProjections } from '../run/run-projections.ts'
import { listParked } from './list-parked.ts'
import { retryParked } from './retry-parked.ts'

void t.test('a poison event parks its key with the later events; all other keys go on; a retry frees it', async (t) => {
  const pool = await testPool(t)
  const source = memoryEventSource()
  let poison = true
  const accounts = accountsProjection({ poison: () => poison })
  const healthy = accountsProjection()
  for (const id of ['a', 'b', 'c']) source.append(AccountOpened, id, { accountId: id, owner: id })
  const running = await runProjections({ source, pool, projections: [accounts], logger: silentLogger })
  t.teardown(() => running.stop())
  source.append(MoneyMoved, 't1', { from: 'a', to: 'b', amount: 10 })
  source.append(MoneyMoved, 't2', { from: 'a', to: 'b', amount: POISON_AMOUNT })
  source.append(MoneyMoved, 't3', { from: 'b', to: 'c', amount: 20 })
  await settled(running, source)
  source.append(MoneyMoved, 't4', { from: 'c', to: 'b', amount: 5 })
  await settled(running, source)

  const rows = (await tableRows(pool, accounts)) as readonly { id: string; balance: number }[]
  t.strictSame(
    rows.map(({ id, balance }) => [id, balance]),
    [
      ['a', -10 - POISON_AMOUNT],
      ['b', 10],
      ['c', 15]
    ],
    'b stands before the poison event, a and c have all of theirs'
  )
  t.match(await listParked(pool), [
    { projection: 'accounts', stream: 'EVENTS', key: 'b', sequence: 5, code: 'TypeError', events: 3, attempts: 1 }
  ])
  t.match(await retryParked({ projection: accounts, pool, source }), [{ key: 'b', applied: 0, remaining: 3 }])
  t.match(await listParked(pool), [{ key: 'b', sequence: 5, attempts: 2 }])

  poison = false
  t.match(await retryParked({ projection: accounts, pool, source }), [
    { key: 'b', applied: 3, remaining: 0, error: null }
  ])
  t.strictSame(await listParked(pool), [])
  source.append(MoneyMoved, 't5', { from: 'a', to: 'b', amount: 1 })
  await settled(running, source)
  t.strictSame(await tableRows(pool, accounts), expectedRows(healthy, source.events('EVENTS')))
})

void t.test('what only Postgres refuses is found by halving the batch, and parked alone', async (t) => {
  const pool = await testPool(t)
  const source = memoryEventSource()
  const accounts = accountsProjection()
  for (let number = 0; number < 40; number += 1) {
    source.append(AccountOpened, `a${number}`, { accountId: `a${number}`, owner: `o${number}` })
  }
  const running = await runProjections({ source, pool, projections: [accounts], logger: silentLogger })
  t.teardown(() => running.stop())
  await settled(running, source)
  await pool.query(`alter table bank.accounts add constraint no_thirteen check (balance <> 13)`)
  for (let number = 0; number < 39; number += 1) {
    source.append(MoneyMoved, `t${number}`, { from: 'a39', to: `a${number}`, amount: number })
  }
  await settled(running, source)
  const parked = await listParked(pool)
  t.ok(parked.some(({ key, sequence, code }) => key === 'a13' && sequence === 54 && code === '23514'))
  const rows = (await tableRows(pool, accounts)) as readonly { id: string; balance: number }[]
  for (const { id, balance } of rows) {
    if (parked.every(({ key }) => key !== id)) t.equal(balance, Number(id.slice(1)), id)
  }
  t.ok(rows.length - parked.length >= 38, 'all other keys went on')
  await pool.query(`alter table bank.accounts drop constraint no_thirteen`)
  await retryParked({ projection: accounts, pool, source })
  t.strictSame(await tableRows(pool, accounts), expectedRows(accounts, source.events('EVENTS')))
})
