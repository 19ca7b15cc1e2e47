import { eventually, tcpProxy, testDatabase } from '@leadlog/testing'
import { sql } from 'kysely'
import t from 'tap'
import { createLogger } from '../logger.ts'
import { openPostgres } from './postgres.ts'

const logger = createLogger({ service: 'test', level: 'silent' })

void t.test('a connection that is reset fails the statement on it and nothing else', async (t) => {
  const { url: serverUrl } = await testDatabase(t)
  const proxy = await tcpProxy(t, serverUrl)
  const url = new URL(serverUrl)
  url.hostname = '127.0.0.1'
  url.port = String(proxy.port)
  const postgres = openPostgres({ url: url.href, applicationName: 'test-lost', logger })
  t.teardown(() => postgres.close())

  const long = sql`select pg_sleep(600)`.execute(postgres.db)
  const failed = t.rejects(long, { code: 'ECONNRESET' })
  await eventually(async () => {
    const { rows } = await sql`select 1 from pg_stat_activity
      where application_name = 'test-lost' and query like '%pg_sleep(600)%' and pid <> pg_backend_pid()`.execute(
      postgres.db
    )
    return rows.length === 1
  })
  proxy.resetAll()
  await failed

  const inside = postgres.db.transaction().execute(async (transaction) => {
    await sql`select 1`.execute(transaction)
    proxy.resetAll()
    // Nothing is asked while it is lost; the next statement finds out.
    await eventually(() => proxy.connections() === 0)
    await sql`select 1`.execute(transaction)
  })
  await t.rejects(inside, Error)

  const { rows } = await sql<{ one: number }>`select 1 as one`.execute(postgres.db)
  t.same(rows, [{ one: 1 }], 'the next statement gets a connection that works')
})
