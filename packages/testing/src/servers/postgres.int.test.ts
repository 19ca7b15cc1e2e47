import pg from 'pg'
import t from 'tap'
import { isolatedPostgres, testDatabase, uniqueName } from '../index.ts'

async function rows(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

void t.test('databases of one template are migrated once and are apart from each other', async (t) => {
  let migrations = 0
  const template = {
    key: uniqueName(),
    async migrate(url: string) {
      migrations++
      await rows(url, 'create table item (name text primary key)')
    }
  }
  const [first, second, third] = await Promise.all([1, 2, 3].map(() => testDatabase(t, { template })))
  if (first === undefined || second === undefined || third === undefined)
    throw new Error('three databases were asked for')
  t.equal(migrations, 1)
  await rows(first.url, "insert into item values ('x')")
  t.same(await rows(first.url, 'select name from item'), [{ name: 'x' }])
  t.same(await rows(second.url, 'select name from item'), [])
  t.same(await rows(third.url, 'select name from item'), [])
})

void t.test('a failed migration leaves no template behind', async (t) => {
  const key = uniqueName()
  const broken = { key, migrate: () => Promise.reject(new Error('no such type')) }
  await t.rejects(testDatabase(t, { template: broken }), { message: 'no such type' })
  const mended = { key, migrate: async (url: string) => void (await rows(url, 'create table item (name text)')) }
  const { url } = await testDatabase(t, { template: mended })
  t.same(await rows(url, 'select name from item'), [])
})

void t.test('a database is dropped with its test, open connections or not', async (t) => {
  const outer = await testDatabase(t)
  let name = ''
  await t.test('leaves a connection open', async (t) => {
    const database = await testDatabase(t)
    name = database.name
    const client = new pg.Client({ connectionString: database.url })
    client.on('error', () => undefined)
    await client.connect()
  })
  t.same(await rows(outer.url, `select 1 from pg_database where datname = '${name}'`), [])
})

void t.test('a killed server comes back on the same port with what was committed', async (t) => {
  const server = await isolatedPostgres(t)
  await rows(server.url, 'create table item (name text)')
  await rows(server.url, "insert into item values ('kept')")
  await server.kill()
  await t.rejects(rows(server.url, 'select 1'))
  await server.restart()
  t.same(await rows(server.url, 'select name from item'), [{ name: 'kept' }])
})
