import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { databaseCatalog, testDatabase, type TestContext } from '@leadlog/testing'
import { sql } from 'kysely'
import t from 'tap'
import { shopMigrations } from '../fixtures/half-a-migration.ts'
import { createLogger } from '../logger.ts'
import {
  checkMigrations,
  listMigrations,
  migrateDown,
  migrateTo,
  migrateUp,
  type ServiceMigrations
} from './migrate.ts'
import { openPostgres, type Postgres } from './postgres.ts'

const logger = createLogger({ service: 'test', level: 'silent' })
const NAMES = ['0001-orders', '0002-currency']

async function database(t: TestContext): Promise<Postgres & { url: string }> {
  const { url } = await testDatabase(t)
  return { ...opened(t, url), url }
}

function opened(t: TestContext, url: string): Postgres {
  const postgres = openPostgres({ url, applicationName: 'test', logger, poolSize: 2 })
  t.teardown(() => postgres.close())
  return postgres
}

/** The catalogue of a database that was migrated without disturbance. */
async function undisturbed(t: TestContext): Promise<readonly string[]> {
  const { db, url } = await database(t)
  await migrateUp(db, shopMigrations())
  return databaseCatalog(url)
}

void t.test('a migration killed between two statements left nothing, and the next start does it whole', async (t) => {
  const { db, url } = await database(t)
  const before = await databaseCatalog(url)
  const program = path.join(import.meta.dirname, '../fixtures/half-a-migration.ts')
  const half = spawn(process.execPath, [program, url], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(half.stdout, 'data')) as [Buffer]
  t.match(line.toString(), /in the middle/)
  half.kill('SIGKILL')
  await once(half, 'exit')
  t.strictSame(await migrateUp(db, shopMigrations()), NAMES)
  t.notSame(await databaseCatalog(url), before)
  t.strictSame(await databaseCatalog(url), await undisturbed(t))
})

void t.test('a migration that fails in its second step takes the first back with it, and names the step', async (t) => {
  const { db, url } = await database(t)
  const before = await databaseCatalog(url)
  const failing = shopMigrations(() => Promise.resolve())
  const broken: ServiceMigrations = {
    ...failing,
    steps: {
      ...failing.steps,
      '0002-currency': { up: (db) => sql`alter table shop.nothing add column a text`.execute(db).then(() => undefined) }
    }
  }
  await t.rejects(migrateUp(db, broken), {
    code: 'MIGRATION_FAILED',
    message: /0002-currency of schema shop failed: relation "shop.nothing" does not exist. Nothing was changed/
  })
  t.strictSame(await databaseCatalog(url), before)
  t.strictSame(await migrateUp(db, shopMigrations()), NAMES)
})

void t.test('eight processes that migrate at once apply each step once', async (t) => {
  const { url } = await database(t)
  const applied = await Promise.all(Array.from({ length: 8 }, () => migrateUp(opened(t, url).db, shopMigrations())))
  t.strictSame(applied.flat(), NAMES)
  t.strictSame(await databaseCatalog(url), await undisturbed(t))
})

void t.test('a database of a newer release is refused and left as it is', async (t) => {
  const { db, url } = await database(t)
  await migrateUp(db, shopMigrations())
  const before = await databaseCatalog(url)
  const older: ServiceMigrations = {
    schema: 'shop',
    steps: { '0001-orders': shopMigrations().steps['0001-orders'] ?? { up: () => Promise.resolve() } }
  }
  const refusal = {
    code: 'MIGRATION_UNKNOWN',
    message:
      /Schema shop is of a newer release: .* 0002-currency. Nothing was changed. Start the newer release again.*migrations down shop/
  }
  await t.rejects(checkMigrations(db, older), refusal)
  await t.rejects(migrateUp(db, older), refusal)
  t.match(await listMigrations(db, older), [{ state: 'applied' }, { name: '0002-currency', state: 'unknown' }])
  t.strictSame(await databaseCatalog(url), before)
  t.strictSame(await migrateDown(db, shopMigrations()), ['0002-currency'], 'the newer release takes its step back')
  t.strictSame(await migrateUp(db, older), [], 'and the older one goes on')
})

void t.test('an applied step whose statements changed is refused; its layout may change', async (t) => {
  const { db, url } = await database(t)
  await migrateUp(db, shopMigrations())
  const before = await databaseCatalog(url)
  const first = (text: string): ServiceMigrations => ({
    schema: 'shop',
    steps: {
      ...shopMigrations().steps,
      '0001-orders': {
        up: (db) =>
          sql
            .raw(text)
            .execute(db)
            .then(() => undefined)
      }
    }
  })
  await migrateUp(db, first('create table shop.orders\n (id text primary key, amount integer   not null)'))
  const changed = first('create table shop.orders (id text primary key, amount bigint not null)')
  const refusal = { code: 'MIGRATION_CHANGED', message: /0001-orders of schema shop .*put it back and add a new one/ }
  await t.rejects(checkMigrations(db, changed), refusal)
  await t.rejects(migrateUp(db, changed), refusal)
  t.strictSame(await databaseCatalog(url), before)
})

void t.test('what a release before checksums applied gets its checksums with the next run', async (t) => {
  const { db } = await database(t)
  await migrateTo(db, shopMigrations(), '0001-orders')
  await sql`alter table shop.migrations drop column checksum`.execute(db)
  await checkMigrations(db, shopMigrations())
  t.match(await listMigrations(db, shopMigrations()), [{ state: 'applied' }, { state: 'missing', appliedAt: null }])
  t.strictSame(await migrateUp(db, shopMigrations()), ['0002-currency'])
  const { rows } = await sql<{ n: number }>`select count(checksum)::int as n from shop.migrations`.execute(db)
  t.strictSame(rows, [{ n: 2 }])
})
