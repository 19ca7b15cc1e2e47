import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { eventually, testDatabase } from '@leadlog/testing'
import t from 'tap'
import { appendAccountEvents } from '../fixtures/account-events.ts'
import { AccountOpened, accountsProjection, MoneyMoved, POISON_AMOUNT } from '../fixtures/accounts.ts'
import { memoryEventSource } from '../fixtures/memory-event-source.ts'
import { settled } from '../fixtures/settled.ts'
import { silentLogger } from '../fixtures/silent-logger.ts'
import { expectedRows, tableRows } from '../fixtures/table-rows.ts'
import { poolOn, testPool } from '../fixtures/test-pool.ts'
import { listParked } from '../parked/list-parked.ts'
import { runProjections } from '../run/run-projections.ts'
import { compareTables } from './compare-tables.ts'
import { rebuildProjection, type RebuildProgress } from './rebuild-projection.ts'
import { rollbackSwap, swapTables } from './swap-tables.ts'
import { tableChecksum } from './table-checksum.ts'

const logger = silentLogger
const live = { schema: 'bank', name: 'accounts' }
const rebuilt = { schema: 'bank', name: 'accounts__rebuild' }

void t.test('a rebuild equals the live table, with traffic on, and takes its place without a gap', async (t) => {
  const pool = await testPool(t)
  const source = memoryEventSource()
  const accounts = accountsProjection()
  appendAccountEvents(source, { accounts: 60, events: 6_000 })
  const running = await runProjections({ source, pool, projections: [accounts], logger })
  t.teardown(() => running.stop())
  await settled(running, source)
  const progress: RebuildProgress[] = []
  const traffic = { on: true }
  const driving = (async () => {
    for (let number = 0; traffic.on; number += 1) {
      source.append(MoneyMoved, `n${number}`, { from: 'a1', to: `a${number % 50}`, amount: 1 })
      await new Promise((resolve) => setImmediate(resolve))
    }
  })()
  const result = await rebuildProjection({
    projection: accounts,
    source,
    pool,
    logger,
    onProgress: (p) => progress.push(p)
  })
  t.match(result, { projection: 'accounts', resumed: false, table: 'bank.accounts__rebuild' })
  t.ok(progress.some(({ phase }) => phase === 'fill') && progress.some(({ phase }) => phase === 'index'))
  const { rows: settings } = await pool.query('select reloptions from pg_class where oid = $1::regclass', [
    result.table
  ])
  t.strictSame(settings, [{ reloptions: null }], 'Postgres looks after the table like any other')
  const comparison = await compareTables({ projection: accounts, source, pool, logger })
  t.equal(comparison.equal, true, 'compared at one sequence while events come in')
  t.ok(comparison.liveRows > 50)
  await swapTables({ projection: accounts, source, pool, logger })
  traffic.on = false
  await driving
  await settled(running, source)
  const events = [...source.events('EVENTS'), ...source.events('INGEST')]
  t.strictSame(await tableRows(pool, accounts), expectedRows(accounts, events))
  const { rows } = await pool.query(
    `select tablename, indexname from pg_indexes where schemaname = 'bank' order by tablename, indexname`
  )
  t.strictSame(
    rows,
    ['accounts', 'accounts__previous'].flatMap((tablename) =>
      ['1_idx', '2_idx', '3_idx', 'pkey'].map((suffix) => ({ tablename, indexname: `${tablename}_${suffix}` }))
    )
  )
  await rollbackSwap({ projection: accounts, pool, logger })
  await eventually(async () => (await running.positions()).every(({ lagEvents }) => lagEvents === 0))
  t.strictSame(await tableRows(pool, accounts), expectedRows(accounts, events), 'the old table catches up')
})

void t.test('two processes never rebuild the same one', async (t) => {
  const { url } = await testDatabase(t)
  const pool = poolOn(t, url)
  const count = { accounts: 200_000, events: 16_000 }
  const program = fileURLToPath(new URL('../fixtures/rebuild-accounts.ts', import.meta.url))
  const arguments_ = [program, url, String(count.accounts), String(count.events)]
  const child = spawn(process.execPath, arguments_, { stdio: 'inherit' })
  t.teardown(() => child.kill('SIGKILL'))
  const source = memoryEventSource()
  appendAccountEvents(source, count)
  const accounts = accountsProjection()
  const stored = async (): Promise<number> => {
    const { rows } = await pool
      .query<{ seq: string }>(`select max(seq)::text as seq from projections.checkpoints where slot = 'rebuild'`)
      .catch(() => ({ rows: [] }))
    return Number(rows[0]?.seq ?? 0)
  }
  await eventually(async () => (await stored()) > 0)
  child.kill('SIGSTOP')
  await t.rejects(rebuildProjection({ projection: accounts, source, pool, logger }), {
    code: 'PROJECTION_REBUILD_RUNNING'
  })
})

void t.test('a stopped rebuild keeps what it has; poison is parked in it as in a live run', async (t) => {
  const pool = await testPool(t)
  const source = memoryEventSource()
  const accounts = accountsProjection({ poison: () => true })
  for (const id of ['a', 'b']) source.append(AccountOpened, id, { accountId: id, owner: id })
  source.append(MoneyMoved, 'p', { from: 'a', to: 'b', amount: POISON_AMOUNT })
  appendAccountEvents(source, { accounts: 40, events: 5_000 })
  const stopping = new AbortController()
  const stopped = rebuildProjection({
    projection: accounts,
    source,
    pool,
    logger,
    signal: stopping.signal,
    onProgress: () => stopping.abort(new Error('enough'))
  })
  await t.rejects(stopped, { message: 'enough' })
  const result = await rebuildProjection({ projection: accounts, source, pool, logger })
  t.equal(result.resumed, true)

  const running = await runProjections({ source, pool, projections: [accounts], logger })
  t.teardown(() => running.stop())
  await settled(running, source)
  t.strictSame(await tableChecksum(pool, rebuilt), await tableChecksum(pool, live), 'the rebuild equals the live table')
  await swapTables({ projection: accounts, source, pool, logger })
  t.match(await listParked(pool), [{ key: 'b', sequence: 3, events: 1 }], 'its parked events are live with it')
})

void t.test('a new version is built at start and swapped in; the old release leaves it alone', async (t) => {
  const { url } = await testDatabase(t)
  const [oldPool, newPool] = [poolOn(t, url), poolOn(t, url)]
  const source = memoryEventSource()
  appendAccountEvents(source, { accounts: 30, events: 2_000 })
  const first = accountsProjection()
  const second = accountsProjection({ version: 2, interest: 1 })
  const oldRelease = await runProjections({ source, pool: oldPool, projections: [first], logger })
  t.teardown(() => oldRelease.stop())
  await settled(oldRelease, source)
  await oldPool.query('create role reader; grant select on bank.accounts to reader')
  t.teardown(() => oldPool.query('drop owned by reader; drop role reader'))

  const newRelease = await runProjections({ source, pool: newPool, projections: [second], logger })
  t.teardown(() => newRelease.stop())
  await eventually(async () => (await newRelease.positions()).every(({ version }) => version === 2))
  appendAccountEvents(source, { accounts: 30, events: 100 })
  await eventually(async () => (await oldRelease.positions()).every(({ state }) => state === 'superseded'))
  await settled(newRelease, source)
  const events = [...source.events('EVENTS'), ...source.events('INGEST')]
  t.strictSame(await tableRows(newPool, second), expectedRows(second, events))
  const { rows } = await newPool.query(`select has_table_privilege('reader', 'bank.accounts', 'select') as granted`)
  t.strictSame(rows, [{ granted: true }], 'grants go over to the new table')
  const changed = accountsProjection({ version: 2, interest: 1, extraIndex: true })
  await t.rejects(runProjections({ source, pool: newPool, projections: [changed], logger }), {
    code: 'PROJECTION_SHAPE_CHANGED'
  })
})

void t.test('a changed fold shows its differences by row and column', async (t) => {
  const pool = await testPool(t)
  const source = memoryEventSource()
  appendAccountEvents(source, { accounts: 5, events: 300 })
  const running = await runProjections({ source, pool, projections: [accountsProjection()], logger })
  t.teardown(() => running.stop())
  await settled(running, source)
  const changed = accountsProjection({ version: 2, interest: 1 })
  await rebuildProjection({ projection: changed, source, pool, logger })
  const comparison = await compareTables({ projection: changed, source, pool, logger, samples: 2 })
  const withMoney = (await tableRows(pool, changed)) as readonly { movements: readonly unknown[] }[]
  t.match(comparison, { equal: false, added: 0, removed: 0, sequences: { EVENTS: 300 } })
  t.strictSame(Object.keys(comparison.changedByColumn).sort(), ['balance', 'movements'])
  t.equal(comparison.changed, withMoney.filter(({ movements }) => movements.length > 0).length)
  t.equal(comparison.samples.length, 2)
  t.match(comparison.samples[0], { kind: 'changed', columns: [{ column: 'balance' }, { column: 'movements' }] })
})
