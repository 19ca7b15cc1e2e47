import { createLogger, migrateDown, migrateUp, openPostgres } from '@leadlog/service'
import { databaseCatalog, testDatabase } from '@leadlog/testing'
import { t } from 'tap'
import { allMigrations } from './all-migrations.ts'

for (const migrations of allMigrations()) {
  void t.test(`every migration of ${migrations.schema} goes down and up again, to the same schema`, async (t) => {
    const { url } = await testDatabase(t)
    const logger = createLogger({ service: 'test', level: 'silent' })
    const postgres = openPostgres({ url, applicationName: 'test', logger })
    const { db } = postgres
    t.teardown(() => postgres.close())
    const names = Object.keys(migrations.steps).sort()
    t.strictSame(await migrateUp(db, migrations), names)
    const whole = await databaseCatalog(url)
    const tables = (lines: readonly string[]) => lines.filter((line) => line.startsWith('table '))
    const own = tables(whole).filter((line) => !/ \S+\.migrations(_lock)?$/.test(line))
    t.ok(own.length > 0)

    // Step by step: from each point on the way down, up again.
    for (let back = 1; back <= names.length; back++) {
      for (let step = 1; step <= back; step++) {
        t.strictSame(await migrateDown(db, migrations), [names[names.length - step]], `down ${String(step)}`)
      }
      t.strictSame(await migrateUp(db, migrations), names.slice(names.length - back))
      t.strictSame(await databaseCatalog(url), whole, `${String(back)} down and up again`)
    }
    for (const _ of names) await migrateDown(db, migrations)
    t.strictSame(
      tables(await databaseCatalog(url)).filter((line) => own.includes(line)),
      [],
      'all the way down nothing of it is left'
    )
    t.strictSame(await migrateDown(db, migrations), [], 'and further down there is nothing')
  })
}
