import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { eventually, testDatabase } from '@leadlog/testing'
import type { Pool } from 'pg'
import t from 'tap'
import { appendAccountEvents } from '../fixtures/account-events.ts'
import { accountsProjection } from '../fixtures/accounts.ts'
import { memoryEventSource } from '../fixtures/memory-event-source.ts'
import { silentLogger } from '../fixtures/silent-logger.ts'
import { expectedRows, tableRows } from '../fixtures/table-rows.ts'
import { poolOn } from '../fixtures/test-pool.ts'
import { rebuildProjection } from './rebuild-projection.ts'
import { discardTable } from './swap-tables.ts'

const logger = silentLogger
/** Enough rows that several writes happen before the end. */
const ACCOUNTS = 200_000
const EVENTS = 16_000
const LATE_EVENTS = 16_000
const NEVER = 1_000_000

interface Teardown {
  teardown(handler: () => unknown): void
}

/** A process that rebuilds; it does not get past `stallAt`, so that it is killed where the test wants it. */
async function rebuildElsewhere(t: Teardown, stallAt: number, lateEvents = 0) {
  const { url } = await testDatabase(t)
  const program = fileURLToPath(new URL('../fixtures/rebuild-accounts.ts', import.meta.url))
  const values = [ACCOUNTS, EVENTS, lateEvents, stallAt].map(String)
  const child = spawn(process.execPath, [program, url, ...values], { stdio: 'inherit' })
  t.teardown(() => child.kill('SIGKILL'))
  const pool = poolOn(t, url)
  const source = memoryEventSource()
  appendAccountEvents(source, { accounts: ACCOUNTS, events: EVENTS })
  return { child, pool, source, accounts: accountsProjection() }
}

async function storedSequence(pool: Pool): Promise<number> {
  const { rows } = await pool
    .query<{ seq: string }>(
      `select seq::text from projections.checkpoints where slot = 'rebuild' and stream = 'EVENTS'`
    )
    .catch(() => ({ rows: [] }))
  return Number(rows[0]?.seq ?? 0)
}

async function untilGone(pool: Pool): Promise<void> {
  await eventually(async () => {
    const { rows } = await pool.query(
      `select 1 from pg_stat_activity where application_name = 'leadlog-projections-rebuild' and datname = current_database()`
    )
    return rows.length === 0
  })
}

async function rebuildSlotIsFinished(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query(
    `select 1 from projections.tables where slot = 'rebuild' and finished_at is not null`
  )
  return rows.length > 0
}

void t.test('killed while filling: goes on from the last write', async (t) => {
  const { child, pool, source, accounts } = await rebuildElsewhere(t, EVENTS - 2_000)
  await eventually(async () => (await storedSequence(pool)) > 0)
  child.kill('SIGKILL')
  await untilGone(pool)
  const killedAt = await storedSequence(pool)
  t.ok(killedAt < EVENTS, `killed at ${killedAt}`)
  const result = await rebuildProjection({ projection: accounts, source, pool, logger })
  t.equal(result.resumed, true)
  t.equal(result.events, EVENTS - killedAt + source.events('INGEST').length)
  const events = [...source.events('EVENTS'), ...source.events('INGEST')]
  t.ok(isDeepStrictEqual(await tableRows(pool, accounts, 'rebuild'), expectedRows(accounts, events)), 'same rows')
})

void t.test('killed while it makes the indexes: nothing is read again', async (t) => {
  const { child, pool, source, accounts } = await rebuildElsewhere(t, NEVER)
  const table = 'bank.accounts__rebuild'
  await eventually(async () => {
    const { rows } = await pool.query(`select to_regclass($1) is not null as present`, [table])
    return rows[0] !== undefined && (rows[0] as { present: boolean }).present
  })
  const client = await pool.connect()
  // Lets rows be written, but no index be made.
  await client.query(`begin; lock table ${table} in row exclusive mode`)
  await eventually(async () => {
    const { rows } = await pool.query(
      `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like 'create index%'
       and datname = current_database()`
    )
    return rows.length > 0
  })
  child.kill('SIGKILL')
  await client.query('rollback')
  client.release()
  await untilGone(pool)
  t.equal(await rebuildSlotIsFinished(pool), false)
  const result = await rebuildProjection({ projection: accounts, source, pool, logger })
  t.match(result, { resumed: true, events: 0 })
  t.equal(source.opened.size, 0, 'the log was not opened')
  t.equal(await rebuildSlotIsFinished(pool), true)
  const { rows } = await pool.query(`select indexname from pg_indexes where tablename = 'accounts__rebuild'`)
  t.equal(rows.length, 4, 'every index once')
  const events = [...source.events('EVENTS'), ...source.events('INGEST')]
  t.ok(isDeepStrictEqual(await tableRows(pool, accounts, 'rebuild'), expectedRows(accounts, events)), 'same rows')
})

void t.test('killed while it takes what came in meanwhile: goes on there, with its indexes', async (t) => {
  const { child, pool, source, accounts } = await rebuildElsewhere(t, EVENTS + LATE_EVENTS - 2_000, LATE_EVENTS)
  await eventually(async () => (await storedSequence(pool)) > EVENTS)
  child.kill('SIGKILL')
  await untilGone(pool)
  t.equal(await rebuildSlotIsFinished(pool), true)
  const killedAt = await storedSequence(pool)
  const before = source.events('INGEST').length
  appendAccountEvents(source, { accounts: ACCOUNTS, events: LATE_EVENTS })
  const result = await rebuildProjection({ projection: accounts, source, pool, logger })
  t.equal(result.resumed, true)
  const lateStatements = source.events('INGEST').length - before
  t.equal(result.events, EVENTS + LATE_EVENTS - killedAt + lateStatements)
  const events = [...source.events('EVENTS'), ...source.events('INGEST')]
  t.ok(isDeepStrictEqual(await tableRows(pool, accounts, 'rebuild'), expectedRows(accounts, events)), 'same rows')
})

void t.test('discarded while another process fills it: nothing stays, and nothing comes back', async (t) => {
  const pool = poolOn(t, (await testDatabase(t)).url)
  const source = memoryEventSource({ nextBatchSize: () => 100 })
  appendAccountEvents(source, { accounts: ACCOUNTS, events: EVENTS })
  const accounts = accountsProjection()
  const discarding = Promise.withResolvers<void>()
  const rebuilding = rebuildProjection({
    projection: accounts,
    source,
    pool,
    logger,
    onProgress: () => void discardTable(pool, accounts, 'rebuild').then(discarding.resolve, discarding.reject)
  })
  await t.rejects(rebuilding, { code: 'PROJECTION_FENCED' })
  await discarding.promise
  const { rows } = await pool.query(
    `select to_regclass('bank.accounts__rebuild') as "table",
       (select count(*)::int from projections.tables where slot = 'rebuild') as slots,
       (select count(*)::int from projections.checkpoints where slot = 'rebuild') as checkpoints,
       (select count(*)::int from projections.parked where slot = 'rebuild') as parked`
  )
  t.strictSame(rows, [{ table: null, slots: 0, checkpoints: 0, parked: 0 }])
})
