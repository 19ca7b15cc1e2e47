import { createLogger, migrateUp, openPostgres } from '@leadlog/service'
import { databaseCatalog, testDatabase } from '@leadlog/testing'
import { sql } from 'kysely'
import { t } from 'tap'
import { runInTest } from '../../fixtures/run-in-test.ts'
import { serviceMigrations } from '../../system/service-migrations.ts'

void t.test('migrations are listed, and the newest is taken back after a yes', async (t) => {
  const { url } = await testDatabase(t)
  const logger = createLogger({ service: 'test', level: 'silent' })
  const postgres = openPostgres({ url, applicationName: 'test', logger })
  const { db } = postgres
  t.teardown(() => postgres.close())
  const environment = { DATABASE_URL: url }
  t.equal((await runInTest(['migrations', 'down', 'crm_sync', '--yes'], { environment })).exitCode, 3)
  for (const migrations of serviceMigrations()) await migrateUp(db, migrations)
  const listed = await runInTest(['migrations', 'list', '--json'], { environment })
  t.equal(listed.exitCode, 0)
  t.match(listed.json(), {
    migrations: [
      { schema: 'telephony', name: '0001-effects', state: 'applied', appliedAt: /^\d{4}/ },
      { schema: 'meetings', name: '0001-zoom-grants', state: 'applied', appliedAt: /^\d{4}/ },
      { schema: 'meetings', name: '0002-effects', state: 'applied', appliedAt: /^\d{4}/ },
      { schema: 'crm_sync', name: '0001-effects', state: 'applied', appliedAt: /^\d{4}/ },
      { schema: 'billing', name: '0001-effects', state: 'applied', appliedAt: /^\d{4}/ },
      { schema: 'billing', name: '0002-spend', state: 'applied', appliedAt: /^\d{4}/ },
      { schema: 'whatif', state: 'missing', appliedAt: null }
    ]
  })

  const before = await databaseCatalog(url)
  const refused = await runInTest(['migrations', 'down', 'crm_sync'], { environment })
  t.equal(refused.exitCode, 4, 'a program has to say yes')
  t.strictSame(await databaseCatalog(url), before)
  const down = await runInTest(['migrations', 'down', 'crm_sync', '--yes'], { environment })
  t.match(down.stdout, /0001-effects of crm_sync was taken back/)
  t.notOk((await databaseCatalog(url)).includes('table crm_sync.effects'))

  for (const migrations of serviceMigrations()) await migrateUp(db, migrations)
  await sql`insert into crm_sync.migrations (name, timestamp) values ('0009-of-tomorrow', now()::text)`.execute(db)
  const newer = await runInTest(['migrations', 'list'], { environment })
  t.equal(newer.exitCode, 1)
  t.match(newer.stdout, /0009-of-tomorrow +unknown/)
  const undone = await runInTest(['migrations', 'down', 'crm_sync', '--yes'], { environment })
  t.match(undone.stderr, /MIGRATION_UNKNOWN/)
  t.equal(undone.exitCode, 4)
})
