import { connect, createServer, type Socket } from 'node:net'
import { eventually, testDatabase, type TestContext } from '@leadlog/testing'
import { sql } from 'kysely'
import t from 'tap'
import { createLogger } from '../logger.ts'
import { openPostgres } from './postgres.ts'

const logger = createLogger({ service: 'test', level: 'silent' })

void t.test('a connection that is reset fails the statement on it and nothing else', async (t) => {
  const proxy = await resettingProxy(t, (await testDatabase(t)).url)
  const postgres = openPostgres({ url: proxy.url, applicationName: 'test-lost', logger })
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

/** Stands before Postgres and resets, where it is told to, every connection through it, as a failing network does. */
async function resettingProxy(t: TestContext, serverUrl: string) {
  const { hostname, port } = new URL(serverUrl)
  const clients = new Set<Socket>()
  const proxy = createServer((client) => {
    const server = connect(Number(port), hostname)
    clients.add(client)
    client.pipe(server).pipe(client)
    for (const socket of [client, server]) {
      socket.on('error', () => undefined)
      socket.on('close', () => {
        clients.delete(client)
        client.destroy()
        server.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const resetAll = () => {
    for (const client of clients) client.resetAndDestroy()
  }
  t.teardown(() => {
    resetAll()
    proxy.close()
  })
  const address = proxy.address()
  const url = new URL(serverUrl)
  url.hostname = '127.0.0.1'
  url.port = String(typeof address === 'object' ? address?.port : '')
  return { url: url.href, resetAll, connections: () => clients.size }
}
