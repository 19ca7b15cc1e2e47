import { eventually } from '@leadlog/testing'
import t from 'tap'
import {
  AccountClosed,
  AccountOpened,
  accountsProjection,
  MoneyMoved,
  StatementReceived
} from '../fixtures/accounts.ts'
import { memoryEventSource, type MemoryEventSource } from '../fixtures/memory-event-source.ts'
import { silentLogger } from '../fixtures/silent-logger.ts'
import { testPool } from '../fixtures/test-pool.ts'
import { runProjections } from './run-projections.ts'
import { watchProjections } from './position-watch.ts'

function fill(source: MemoryEventSource, accounts: number, transfers: number): void {
  for (let i = 0; i < accounts; i += 1) source.append(AccountOpened, `a${i}`, { accountId: `a${i}`, owner: `o${i}` })
  for (let i = 0; i < transfers; i += 1) {
    const from = `a${i % accounts}`
    source.append(MoneyMoved, `t${i}`, { from, to: `a${(i * 7 + 1) % accounts}`, amount: i % 100 })
  }
}

void t.test('rows follow the events, from another process too', async (t) => {
  const pool = await testPool(t)
  const source = memoryEventSource()
  fill(source, 10, 200)
  source.append(AccountClosed, 'a3', { accountId: 'a3' })
  source.append(StatementReceived, 's1', { accountId: 'a1', pages: 3 }, { stream: 'INGEST' })
  const accounts = accountsProjection()
  const watch = watchProjections({ pool, projections: [accounts], logger: silentLogger })
  t.teardown(() => watch.close())
  await watch.listening
  const changed: string[] = []
  watch.onApplied((change) => changed.push(...(change.keys ?? [])))
  const running = await runProjections({ source, pool, projections: [accounts], logger: silentLogger })
  t.teardown(() => running.stop())

  t.equal(await watch.waitFor('EVENTS', 211, 30_000), true)
  t.equal(await running.waitFor('INGEST', 1, 30_000), true)
  const { rows } = await pool.query<{ id: string; balance: string; labels: string[] }>(
    'select * from bank.accounts order by id'
  )
  t.equal(rows.length, 9)
  t.strictSame(rows.find((row) => row.id === 'a1')?.labels, ['owner:o1', 'quo"te\\d'])
  await eventually(() => changed.includes('a1'))
  t.equal(await watch.waitFor('EVENTS', 212, 50), false, 'the time is up first')
  const positions = await running.positions()
  t.match(positions, [
    { stream: 'EVENTS', sequence: 211, lagEvents: 0, state: 'running', parkedKeys: 0 },
    { stream: 'INGEST', sequence: 1, lagEvents: 0 }
  ])
})
