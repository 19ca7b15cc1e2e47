import t from 'tap'
import { appendAccountEvents } from '../fixtures/account-events.ts'
import { AccountOpened, accountsProjection, MoneyMoved, POISON_AMOUNT } from '../fixtures/accounts.ts'
import { memoryEventSource } from '../fixtures/memory-event-source.ts'
import { silentLogger } from '../fixtures/silent-logger.ts'
import { expectedRows, tableRows } from '../fixtures/table-rows.ts'
import { testPool } from '../fixtures/test-pool.ts'
import { rebuildProjection } from './rebuild-projection.ts'
import { rebuildProjections } from './rebuild-projections.ts'

const logger = silentLogger

void t.test('several are built from one reading of each stream, and each holds what it would alone', async (t) => {
  const pool = await testPool(t)
  const source = memoryEventSource({ nextBatchSize: () => 300 })
  appendAccountEvents(source, { accounts: 3_000, events: 9_000 })
  const many = ['accounts', 'accounts-b', 'accounts-c'].map((name, interest) => accountsProjection({ name, interest }))
  const results = await rebuildProjections({ projections: many, source, pool, logger })
  t.match(results, [{ projection: 'accounts' }, { projection: 'accounts-b' }, { projection: 'accounts-c' }])
  t.strictSame(
    [...source.opened],
    [
      ['EVENTS', 1],
      ['INGEST', 1]
    ],
    'each stream is read once'
  )
  const events = [...source.events('EVENTS'), ...source.events('INGEST')]
  for (const projection of many) {
    t.strictSame(await tableRows(pool, projection, 'rebuild'), expectedRows(projection, events))
  }
})

void t.test('those that were left at different places go on together, each from its own', async (t) => {
  const pool = await testPool(t)
  const source = memoryEventSource({ nextBatchSize: () => 300 })
  appendAccountEvents(source, { accounts: 500, events: 2_000 })
  const [first, second] = [accountsProjection(), accountsProjection({ name: 'accounts-b', interest: 1 })]
  const before = await rebuildProjection({ projection: first, source, pool, logger })
  appendAccountEvents(source, { accounts: 800, events: 6_000 })
  const results = await rebuildProjections({ projections: [first, second], source, pool, logger })
  t.match(results, [{ resumed: true }, { resumed: false }])
  t.equal(before.events + (results[0]?.events ?? 0), results[1]?.events, 'nothing is applied twice')
  const events = [...source.events('EVENTS'), ...source.events('INGEST')]
  for (const projection of [first, second]) {
    t.strictSame(await tableRows(pool, projection, 'rebuild'), expectedRows(projection, events))
  }
})

void t.test('one that fails is named when the others are built; a bad event parks its key in one alone', async (t) => {
  const pool = await testPool(t)
  const source = memoryEventSource({ nextBatchSize: () => 100 })
  for (const id of ['a', 'b']) source.append(AccountOpened, id, { accountId: id, owner: id })
  source.append(MoneyMoved, 'p', { from: 'a', to: 'b', amount: POISON_AMOUNT })
  appendAccountEvents(source, { accounts: 200, events: 1_500 })
  const broken = accountsProjection({ name: 'accounts-broken' })
  const refused = { ...broken, setup: () => ['select 1 / 0'] }
  const sound = accountsProjection({ name: 'accounts-sound' })
  const poisoned = accountsProjection({ name: 'accounts-poisoned', poison: () => true })
  const all = rebuildProjections({ projections: [refused, sound, poisoned], source, pool, logger })
  await t.rejects(all, { code: '22012' })
  const events = [...source.events('EVENTS'), ...source.events('INGEST')]
  t.strictSame(await tableRows(pool, sound, 'rebuild'), expectedRows(sound, events))
  const { rows } = await pool.query(`select projection, key from projections.parked where slot = 'rebuild'`)
  t.strictSame(rows, [{ projection: 'accounts-poisoned', key: 'b' }])
})
