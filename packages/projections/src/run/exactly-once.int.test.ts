import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { eventually, isolatedPostgres, testDatabase } from '@leadlog/testing'
import fc from 'fast-check'
import t from 'tap'
import { appendAccountEvents } from '../fixtures/account-events.ts'
import { accountsProjection } from '../fixtures/accounts.ts'
import { loseCommitAnswers } from '../fixtures/lossy-pool.ts'
import { memoryEventSource } from '../fixtures/memory-event-source.ts'
import { settled } from '../fixtures/settled.ts'
import { silentLogger } from '../fixtures/silent-logger.ts'
import { expectedRows, tableRows } from '../fixtures/table-rows.ts'
import { poolOn, testPool } from '../fixtures/test-pool.ts'
import { runProjections } from './run-projections.ts'

/** Reached only when something is wrong: the tests wait for facts, not for time. */
const PATIENCE_MS = 60_000

void t.test('the rows do not depend on how the stream is cut into batches, nor on repeats', async (t) => {
  const pool = await testPool(t)
  let run = 0
  const sizes = fc.array(fc.record({ size: fc.integer({ min: 1, max: 60 }), repeat: fc.nat(30) }), { minLength: 1 })
  await fc.assert(
    fc.asyncProperty(sizes, async (cuts) => {
      let size = 0
      let repeat = 0
      const source = memoryEventSource({
        nextBatchSize: () => cuts[size++ % cuts.length]?.size ?? 1,
        nextRepeat: () => cuts[repeat++ % cuts.length]?.repeat ?? 0
      })
      appendAccountEvents(source, { accounts: 12, events: 400 })
      run += 1
      const accounts = accountsProjection({ name: `accounts-${run}` })
      const running = await runProjections({ source, pool, projections: [accounts], logger: silentLogger })
      try {
        await settled(running, source)
        const expected = expectedRows(accounts, [...source.events('EVENTS'), ...source.events('INGEST')])
        t.strictSame(await tableRows(pool, accounts), expected)
      } finally {
        await running.stop()
      }
    }),
    { numRuns: 8 }
  )
})

void t.test('connections that die in the middle of transactions lose and repeat nothing', async (t) => {
  const { url } = await testDatabase(t)
  const pool = poolOn(t, url)
  const killer = poolOn(t, url)
  const source = memoryEventSource()
  const accounts = accountsProjection()
  appendAccountEvents(source, { accounts: 30, events: 3_000 })
  const running = await runProjections({
    source,
    pool,
    projections: [accounts],
    logger: silentLogger,
    batch: { events: 25 }
  })
  t.teardown(() => running.stop())
  const last = source.events('EVENTS').length
  let killed = 0
  const done = { value: false }
  const killing = (async () => {
    while (!done.value) {
      const { rows } = await killer.query<{ killed: number }>(
        `select count(pg_terminate_backend(pid))::int as killed from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()
           and (application_name like 'leadlog-projections%' or state <> 'idle') and random() < 0.5`
      )
      killed += rows[0]?.killed ?? 0
      if (killed > 60) return
      await running.waitFor('EVENTS', last, 40)
    }
  })()
  await settled(running, source)
  done.value = true
  await killing
  await settled(running, source)
  t.ok(killed > 0, `${killed} connections were killed`)
  t.strictSame(
    await tableRows(killer, accounts),
    expectedRows(accounts, [...source.events('EVENTS'), ...source.events('INGEST')])
  )
})

void t.test('a commit whose answer is lost is not applied again', async (t) => {
  const pool = await testPool(t)
  const source = memoryEventSource()
  const accounts = accountsProjection()
  appendAccountEvents(source, { accounts: 10, events: 300 })
  const answers = loseCommitAnswers(pool, 4)
  const batch = { events: 10 }
  const running = await runProjections({ source, pool, projections: [accounts], logger: silentLogger, batch })
  t.teardown(() => running.stop())
  await settled(running, source)
  t.ok(answers.lost() > 5, `${answers.lost()} answers were lost`)
  t.strictSame(
    await tableRows(pool, accounts),
    expectedRows(accounts, [...source.events('EVENTS'), ...source.events('INGEST')])
  )
})

void t.test('a killed process is taken over where it stood, by whoever stands by', async (t) => {
  const { url } = await testDatabase(t)
  const pool = poolOn(t, url)
  const count = { accounts: 40, events: 20_000 }
  const source = memoryEventSource()
  appendAccountEvents(source, count)
  const accounts = accountsProjection()
  const program = fileURLToPath(new URL('../fixtures/run-accounts.ts', import.meta.url))
  const child = spawn(process.execPath, [program, url, String(count.accounts), String(count.events)], {
    stdio: 'inherit'
  })
  t.teardown(() => child.kill('SIGKILL'))
  const position = async (): Promise<number> => {
    const { rows } = await pool.query<{ seq: string }>(
      `select seq::text from projections.checkpoints where slot = 'live' and stream = 'EVENTS'`
    )
    return Number(rows[0]?.seq ?? 0)
  }
  await eventually(async () => (await position()) > 100)
  const running = await runProjections({ source, pool, projections: [accounts], logger: silentLogger })
  t.teardown(() => running.stop())
  t.equal((await running.positions())[0]?.state, 'standby', 'the other process runs it')
  child.kill('SIGKILL')
  const killedAt = await position()
  t.ok(killedAt < source.events('EVENTS').length, `killed at ${killedAt}`)
  await settled(running, source)
  t.equal((await running.positions())[0]?.state, 'running')
  t.strictSame(
    await tableRows(pool, accounts),
    expectedRows(accounts, [...source.events('EVENTS'), ...source.events('INGEST')])
  )
})

void t.test('a batch under a fenced epoch is rolled back whole', async (t) => {
  const pool = await testPool(t)
  const source = memoryEventSource()
  const accounts = accountsProjection()
  const running = await runProjections({ source, pool, projections: [accounts], logger: silentLogger })
  t.teardown(() => running.stop())
  for (let round = 0; round < 10; round += 1) {
    appendAccountEvents(source, { accounts: 10, events: 200 })
    // Somebody else takes the checkpoint while batches are in flight.
    await pool.query(`update projections.checkpoints set epoch = nextval('projections.epoch') where slot = 'live'`)
  }
  await settled(running, source)
  t.strictSame(
    await tableRows(pool, accounts),
    expectedRows(accounts, [...source.events('EVENTS'), ...source.events('INGEST')])
  )
})

void t.test('a killed Postgres is waited for, and everything goes on from what it holds', async (t) => {
  const server = await isolatedPostgres(t)
  const pool = poolOn(t, server.url)
  const source = memoryEventSource()
  const accounts = accountsProjection()
  appendAccountEvents(source, { accounts: 20, events: 500 })
  const running = await runProjections({
    source,
    pool,
    projections: [accounts],
    logger: silentLogger,
    batch: { events: 10 }
  })
  t.teardown(() => running.stop())
  await running.waitFor('EVENTS', 50, PATIENCE_MS)
  await server.kill()
  appendAccountEvents(source, { accounts: 20, events: 100 })
  await server.restart()
  await settled(running, source)
  const events = [...source.events('EVENTS'), ...source.events('INGEST')]
  t.strictSame(await tableRows(pool, accounts), expectedRows(accounts, events))
})
