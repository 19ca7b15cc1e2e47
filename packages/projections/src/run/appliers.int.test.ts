import type { RecordedEvent } from '@leadlog/contracts'
import t from 'tap'
import { column } from '../definition/column.ts'
import { defineProjection } from '../definition/define-projection.ts'
import { AccountOpened, MoneyMoved } from '../fixtures/accounts.ts'
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
