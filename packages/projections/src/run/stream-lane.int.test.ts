import { eventually } from '@leadlog/testing'
import t from 'tap'
import { appendAccountEvents } from '../fixtures/account-events.ts'
import { AccountOpened, accountsProjection } from '../fixtures/accounts.ts'
import { memoryEventSource } from '../fixtures/memory-event-source.ts'
import { settled } from '../fixtures/settled.ts'
import { silentLogger } from '../fixtures/silent-logger.ts'
import { expectedRows, tableRows } from '../fixtures/table-rows.ts'
import { testPool } from '../fixtures/test-pool.ts'
import type { BatchReport } from './run-options.ts'
import { runProjections } from './run-projections.ts'

void t.test('level projections share one reader; one that is behind catches up and joins', async (t) => {
  const pool = await testPool(t)
  const source = memoryEventSource()
  appendAccountEvents(source, { accounts: 10, events: 3_000 })
  const [one, two, late] = ['one', 'two', 'late'].map((name) => accountsProjection({ name }))
  if (!one || !two || !late) throw new Error('three projections')
  const first = await runProjections({ source, pool, projections: [one, two], logger: silentLogger })
  await settled(first, source)
  await first.stop()
  t.equal(source.opened.get('EVENTS'), 1, 'two projections, one reader')

  const reports: BatchReport[] = []
  const second = await runProjections({
    source,
    pool,
    projections: [one, two, late],
    logger: silentLogger,
    onBatch: (report) => reports.push(report)
  })
  t.teardown(() => second.stop())
  await settled(second, source)
  await eventually(async () => (await second.positions()).every(({ state }) => state === 'running'))
  const openedBefore = source.opened.get('EVENTS')
  reports.length = 0
  appendAccountEvents(source, { accounts: 10, events: 100 })
  await settled(second, source)
  t.equal(source.opened.get('EVENTS'), openedBefore, 'all three go on with the reader that is open')
  const lastOf = (name: string) =>
    reports.findLast(({ projection, stream }) => projection === name && stream === 'EVENTS')
  t.equal(lastOf('late')?.sequence, lastOf('one')?.sequence)
  const events = [...source.events('EVENTS'), ...source.events('INGEST')]
  for (const projection of [one, two, late]) {
    t.strictSame(await tableRows(pool, projection), expectedRows(projection, events), projection.name)
  }
})

void t.test('a projection whose table is gone does not hold up the others, and goes on when it is back', async (t) => {
  const pool = await testPool(t)
  const source = memoryEventSource()
  appendAccountEvents(source, { accounts: 10, events: 100 })
  const good = accountsProjection({ name: 'good' })
  const broken = accountsProjection({ name: 'broken' })
  const running = await runProjections({ source, pool, projections: [broken, good], logger: silentLogger })
  t.teardown(() => running.stop())
  await settled(running, source)
  await pool.query('alter table bank.broken rename to hidden')
  appendAccountEvents(source, { accounts: 10, events: 100 })
  await settled(running, source, ['good'])
  await eventually(async () => {
    const positions = await running.positions()
    return positions.some(({ projection, state }) => projection === 'broken' && state === 'catching-up')
  })
  await pool.query('alter table bank.hidden rename to broken')
  await settled(running, source, ['broken'])
  const events = [...source.events('EVENTS'), ...source.events('INGEST')]
  await settled(running, source)
  t.strictSame(await tableRows(pool, broken), expectedRows(broken, events))
})

void t.test('an unchanged row is not written', async (t) => {
  const pool = await testPool(t)
  const source = memoryEventSource()
  appendAccountEvents(source, { accounts: 3, events: 50 })
  const accounts = accountsProjection()
  const running = await runProjections({ source, pool, projections: [accounts], logger: silentLogger })
  t.teardown(() => running.stop())
  await settled(running, source)
  const versions = async () => (await pool.query('select id, xmin::text from bank.accounts order by id')).rows
  const before = await versions()
  const last = source.events('EVENTS').findLast(({ type }) => type === 'bank.AccountOpened.v1')
  if (!last) throw new Error('an opening')
  source.append(AccountOpened, 'x', last.data as { accountId: string; owner: string }, { time: last.time })
  await settled(running, source)
  t.strictSame(await versions(), before)
})
