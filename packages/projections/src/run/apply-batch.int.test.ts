import t from 'tap'
import type { Pool } from 'pg'
import { AccountOpened, accountsProjection, MoneyMoved } from '../fixtures/accounts.ts'
import { memoryEventSource } from '../fixtures/memory-event-source.ts'
import { expectedRows, tableRows } from '../fixtures/table-rows.ts'
import { testPool } from '../fixtures/test-pool.ts'
import { ensureBookkeeping } from '../storage/bookkeeping.ts'
import { claimCheckpoint } from '../storage/checkpoint.ts'
import { ensureTable } from '../storage/projection-table.ts'
import { applyBatch } from './apply-batch.ts'
import { applierOf } from './appliers.ts'
import type { Member } from './member.ts'
import { createSerial } from './serial.ts'

const accounts = accountsProjection()
const [subscription] = accounts.subscriptions
if (!subscription) throw new Error('a subscription')

async function owner(pool: Pool): Promise<Member> {
  const at = { projection: accounts.name, version: accounts.version, stream: 'EVENTS', slot: 'live' } as const
  const checkpoint = await claimCheckpoint(pool, at)
  if (!checkpoint || !subscription) throw new Error('the checkpoint is of another version')
  return {
    projection: accounts,
    subscription,
    slot: 'live',
    apply: applierOf(accounts),
    serial: createSerial(),
    ...checkpoint,
    parked: { generation: null, keys: new Set() },
    retired: false
  }
}

void t.test('only the newest owner moves the checkpoint, and each batch only once', async (t) => {
  const pool = await testPool(t)
  await ensureBookkeeping(pool)
  await ensureTable(pool, accounts)
  const source = memoryEventSource()
  source.append(AccountOpened, 'a', { accountId: 'a', owner: 'Ann' })
  source.append(MoneyMoved, 't', { from: 'a', to: 'b', amount: 5 })
  const events = source.events('EVENTS')
  const batch = { events, throughSequence: 2, caughtUp: true }

  const before = await owner(pool)
  const now = await owner(pool)
  const fenced = { code: 'PROJECTION_FENCED', projections: ['accounts'] }
  await t.rejects(applyBatch(pool, 'EVENTS', [before], batch), fenced, 'an owner that was replaced')
  t.strictSame(await tableRows(pool, accounts), [], 'the batch is rolled back whole')
  await applyBatch(pool, 'EVENTS', [now], batch)
  t.equal(now.sequence, 2)
  now.sequence = 0
  await t.rejects(applyBatch(pool, 'EVENTS', [now], batch), fenced, 'a batch that is applied already')
  const older = { ...before, epoch: now.epoch, projection: accountsProjection({ version: 2 }), sequence: 2 }
  await t.rejects(applyBatch(pool, 'EVENTS', [older], { ...batch, throughSequence: 3 }), fenced, 'another version')
  t.strictSame(await tableRows(pool, accounts), expectedRows(accounts, events))
  const { rows } = await pool.query(`select seq::text, epoch::text from projections.checkpoints`)
  t.strictSame(rows, [{ seq: '2', epoch: now.epoch }])
})

void t.test('a checkpoint is not created beside a table of another version', async (t) => {
  const pool = await testPool(t)
  await ensureBookkeeping(pool)
  await ensureTable(pool, accounts)
  const at = { projection: accounts.name, stream: 'INGEST', slot: 'live' } as const
  t.equal(await claimCheckpoint(pool, { ...at, version: 2 }), null)
  t.match(await claimCheckpoint(pool, { ...at, version: 1 }), { sequence: 0 })
})
