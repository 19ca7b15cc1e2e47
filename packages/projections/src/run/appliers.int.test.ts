import type { RecordedEvent } from '@leadlog/contracts'
import t from 'tap'
import { column } from '../definition/column.ts'
import { defineProjection } from '../definition/define-projection.ts'
import { AccountClosed, AccountOpened, MoneyMoved } from '../fixtures/accounts.ts'
import { memoryEventSource } from '../fixtures/memory-event-source.ts'
import { testPool } from '../fixtures/test-pool.ts'
import { createTable } from '../storage/projection-table.ts'
import { inTransaction } from '../storage/transaction.ts'
import { foldApplier } from './appliers.ts'

const owners = defineProjection({
  name: 'owners',
  version: 1,
  table: 'test.owners',
  columns: {
    id: column.text({ primaryKey: true }),
    owner: column.text(),
    moves: column.integer(),
    details: column.jsonb<{ readonly long: string }>()
  },
  on: [AccountOpened, MoneyMoved],
  once: [AccountOpened],
  key: (event) => ('accountId' in event.data ? event.data.accountId : event.data.to),
  evolve: {
    [AccountOpened.type]: (row, { data }, id) =>
      row ?? { id, owner: data.owner, moves: 0, details: { long: data.owner } },
    [MoneyMoved.type]: (row) => row && { ...row, moves: row.moves + 1 }
  }
})

void t.test('a row that is only made is made once, and one that moves on keeps its document', async (t) => {
  const pool = await testPool(t)
  await inTransaction(pool, (client) => createTable(client, owners, owners.table))
  const apply = foldApplier(owners, owners.table)
  const source = memoryEventSource()
  const changed = async (append: () => void): Promise<readonly string[] | null> => {
    const before = source.events('EVENTS').length
    append()
    const events: readonly RecordedEvent[] = source.events('EVENTS').slice(before)
    const { changedKeys, parked } = await inTransaction(pool, (client) => apply(client, events, new Set()))
    t.strictSame(parked, [])
    return changedKeys
  }
  const open = (accountId: string, owner: string): void =>
    void source.append(AccountOpened, accountId, { accountId, owner })
  const move = (to: string): void => void source.append(MoneyMoved, to, { from: 'x', to, amount: 1 })
  const rows = async (): Promise<unknown[]> =>
    (await pool.query(`select id, owner, moves, details ->> 'long' as long from test.owners order by id`)).rows

  t.strictSame(
    await changed(() => {
      open('a', 'Ann')
      open('b', 'Bob')
    }),
    ['a', 'b']
  )
  t.strictSame(await changed(() => open('a', 'Eve')), [], 'what is there is not touched, nor told as changed')
  t.strictSame(
    new Set(
      await changed(() => {
        open('a', 'Eve')
        open('c', 'Cid')
        move('a')
        move('a')
      })
    ),
    new Set(['a', 'c'])
  )
  t.strictSame(await changed(() => move('nobody')), [])
  t.strictSame(await rows(), [
    { id: 'a', owner: 'Ann', moves: 2, long: 'Ann' },
    { id: 'b', owner: 'Bob', moves: 0, long: 'Bob' },
    { id: 'c', owner: 'Cid', moves: 0, long: 'Cid' }
  ])
})

void t.test('a row that readers do not see is written, and nobody is told until they do', async (t) => {
  const openAccounts = defineProjection({
    name: 'open-accounts',
    version: 1,
    table: 'test.open_accounts',
    columns: { id: column.text({ primaryKey: true }), moves: column.integer(), owner: column.text({ nullable: true }) },
    on: [AccountOpened, MoneyMoved, AccountClosed],
    key: (event) => ('accountId' in event.data ? event.data.accountId : event.data.to),
    evolve: {
      [AccountOpened.type]: (row, { data }, id) => ({ ...(row ?? { id, moves: 0 }), owner: data.owner }),
      [MoneyMoved.type]: (row, _event, id) => ({ id, owner: row?.owner ?? null, moves: (row?.moves ?? 0) + 1 }),
      [AccountClosed.type]: (row) => row && { ...row, owner: null }
    },
    isShown: (row) => row.owner !== null
  })
  const pool = await testPool(t)
  await inTransaction(pool, (client) => createTable(client, openAccounts, openAccounts.table))
  const apply = foldApplier(openAccounts, openAccounts.table)
  const source = memoryEventSource()
  source.append(MoneyMoved, 'a', { from: 'x', to: 'a', amount: 1 })
  source.append(AccountOpened, 'a', { accountId: 'a', owner: 'Ann' })
  source.append(MoneyMoved, 'a', { from: 'x', to: 'a', amount: 1 })
  source.append(AccountClosed, 'a', { accountId: 'a' })
  source.append(MoneyMoved, 'a', { from: 'x', to: 'a', amount: 1 })
  const told: unknown[] = []
  for (const event of source.events('EVENTS')) {
    const outcome = await inTransaction(pool, (client) => apply(client, [event], new Set()))
    told.push([event.type, outcome.changedKeys, outcome.changedRows])
  }
  t.strictSame(told, [
    [MoneyMoved.type, [], 1],
    [AccountOpened.type, ['a'], 1],
    [MoneyMoved.type, ['a'], 1],
    [AccountClosed.type, ['a'], 1],
    [MoneyMoved.type, [], 1]
  ])
})
