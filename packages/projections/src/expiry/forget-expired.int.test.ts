import { eventually } from '@leadlog/testing'
import t from 'tap'
import { column } from '../definition/column.ts'
import { defineProjection } from '../definition/define-projection.ts'
import { AccountOpened, StatementReceived } from '../fixtures/accounts.ts'
import { memoryEventSource, type MemoryEventSource } from '../fixtures/memory-event-source.ts'
import { settled } from '../fixtures/settled.ts'
import { silentLogger as logger } from '../fixtures/silent-logger.ts'
import { testPool } from '../fixtures/test-pool.ts'
import { compareTables } from '../rebuild/compare-tables.ts'
import { rebuildProjection } from '../rebuild/rebuild-projection.ts'
import { tableChecksum } from '../rebuild/table-checksum.ts'
import { runProjections } from '../run/run-projections.ts'
import { forgetExpired } from './forget-expired.ts'

const STATEMENTS = 1_300
const OWNED_EVERY = 3

/** Accounts that are opened for ever, and the newest statement, which the log keeps for a while. */
function statements(rest?: (row: object) => object) {
  return defineProjection({
    name: 'statements',
    version: 1,
    table: 'bank.statements',
    columns: {
      id: column.text({ primaryKey: true }),
      owner: column.text({ nullable: true }),
      pages: column.integer({ nullable: true }),
      received_sequence: column.bigint()
    },
    on: [AccountOpened, StatementReceived],
    streams: { [StatementReceived.type]: 'INGEST' },
    key: (event) => event.data.accountId,
    expires: {
      INGEST: {
        where: 'received_sequence > 0 and received_sequence < $1',
        rest: (row) =>
          rest ? (rest(row) as typeof row) : row.owner === null ? null : { ...row, pages: null, received_sequence: 0 }
      }
    },
    evolve: {
      [AccountOpened.type]: (row, { data }, id) => ({
        ...(row ?? { id, pages: null, received_sequence: 0 }),
        owner: data.owner
      }),
      [StatementReceived.type]: (row, event, id) => ({
        ...(row ?? { id, owner: null }),
        pages: event.data.pages,
        received_sequence: event.sequence
      })
    }
  })
}

function append(source: MemoryEventSource): void {
  for (let number = 1; number <= STATEMENTS; number += 1) {
    const accountId = `a${number}`
    source.append(StatementReceived, accountId, { accountId, pages: number }, { stream: 'INGEST' })
    if (number % OWNED_EVERY === 0) source.append(AccountOpened, accountId, { accountId, owner: `o${number}` })
  }
}

void t.test('the live table forgets by itself what its stream has lost, and equals a rebuild again', async (t) => {
  const pool = await testPool(t)
  const source = memoryEventSource()
  const projection = statements()
  append(source)
  const running = await runProjections({ source, pool, projections: [projection], logger, forgetEveryMs: 5 })
  t.teardown(() => running.stop())
  await settled(running, source)
  source.expire('INGEST', STATEMENTS - 99)
  await rebuildProjection({ projection, source, pool, logger })
  const rebuilt = await tableChecksum(pool, { schema: 'bank', name: 'statements__rebuild' })
  await eventually(
    async () => (await tableChecksum(pool, { schema: 'bank', name: 'statements' })).checksum === rebuilt.checksum
  )
  const { rows } = await pool.query(`select id, owner, pages from bank.statements where id in ('a1', 'a3', 'a1300')`)
  t.strictSame(
    rows.sort((left, right) => (left.id < right.id ? -1 : 1)),
    [
      { id: 'a1300', owner: null, pages: 1300 },
      { id: 'a3', owner: 'o3', pages: null }
    ],
    'what the other stream tells stays; a row of nothing else is gone'
  )
})

void t.test('a comparison finds no difference where the rebuild read what has expired since', async (t) => {
  const pool = await testPool(t)
  const source = memoryEventSource()
  const projection = statements()
  append(source)
  const running = await runProjections({ source, pool, projections: [projection], logger })
  t.teardown(() => running.stop())
  await settled(running, source)
  source.expire('INGEST', 200)
  await rebuildProjection({ projection, source, pool, logger })
  source.expire('INGEST', 900)
  const comparison = await compareTables({ projection, source, pool, logger })
  t.match(comparison, { equal: true, liveRows: Math.floor(STATEMENTS / OWNED_EVERY) + 267 })
  t.equal(await forgetExpired(pool, projection, 'live', { INGEST: 900 }), 0, 'nothing is left to be forgotten')
})

void t.test('a declaration that leaves what expires again is told, and changes nothing', async (t) => {
  const pool = await testPool(t)
  const source = memoryEventSource()
  const projection = statements((row) => row)
  append(source)
  const running = await runProjections({ source, pool, projections: [projection], logger })
  t.teardown(() => running.stop())
  await settled(running, source)
  await t.rejects(forgetExpired(pool, projection, 'live', { INGEST: 10 }), { code: 'PROJECTION_INVALID' })
})
