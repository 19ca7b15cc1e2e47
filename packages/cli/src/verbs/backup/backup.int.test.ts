import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { randomBytes } from 'node:crypto'
import { openEventLog } from '@leadlog/event-log'
import { openKeyring } from '@leadlog/keyring'
import { createLogger, migrateUp, openPostgres } from '@leadlog/service'
import { isolatedNats, testDatabase, type TestContext } from '@leadlog/testing'
import { t } from 'tap'
import { runInTest } from '../../fixtures/run-in-test.ts'
import { serviceMigrations } from '../../system/service-migrations.ts'

const logger = createLogger({ service: 'test', level: 'silent' })

/** A system with one sealed event, and the variables that name it and its backups. */
async function setUp(t: TestContext) {
  const [nats, database] = await Promise.all([isolatedNats(t), testDatabase(t)])
  const folder = mkdtempSync(path.join(tmpdir(), 'leadlog-cli-backup-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const masterKey = randomBytes(32)
  const log = await openEventLog({ servers: nats.url, name: 'test', logger })
  await log.ensureStreams()
  const keyring = await openKeyring({ connection: log.connection, masterKey })
  await keyring.seal('person-1', { name: 'Marta' }, 'here')
  keyring.close()
  await log.close()
  const postgres = openPostgres({ url: database.url, applicationName: 'test', logger })
  for (const migrations of serviceMigrations()) await migrateUp(postgres.db, migrations)
  await postgres.close()
  const environment = {
    NATS_URL: nats.url,
    DATABASE_URL: database.url,
    LEADLOG_MASTER_KEY: masterKey.toString('base64'),
    BACKUP_STORE: path.join(folder, 'data'),
    BACKUP_KEYS_STORE: path.join(folder, 'keys')
  }
  return { environment, folder }
}

void t.test('an operator backs up, looks, proves it and restores', async (t) => {
  const { environment, folder } = await setUp(t)
  const run = (args: readonly string[], over: Record<string, string> = {}) =>
    runInTest(args, { environment: { ...environment, ...over } })

  const metrics = path.join(folder, 'leadlog_backup.prom')
  const made = await run(['backup', 'create', '--metrics-file', metrics])
  t.equal(made.exitCode, 0, made.stderr)
  t.match(made.stdout, /backup of data [\s\S]*EVENTS[\s\S]*crm_sync\.effects[\s\S]*backup of keys[\s\S]*KV_KEYS/)
  t.match(readFileSync(metrics, 'utf8'), /^leadlog_backup_last_success_timestamp_seconds \d{10}$/m)
  t.equal((await run(['backup', 'keys'])).exitCode, 0)

  const listed = await run(['backup', 'list', '--json'])
  const { backups } = listed.json() as { backups: { kind: string; id: string; complete: boolean }[] }
  t.match(backups, [
    { kind: 'data', complete: true },
    { kind: 'keys', complete: true },
    { kind: 'keys', complete: true }
  ])
  t.match((await run(['backup', 'list'])).stdout, /data .* complete/)

  t.match((await run(['verify'])).stdout, /as written. What they hold is seen by --drill/)
  const drilled = await run(['verify', '--drill', '--json'])
  t.equal(drilled.exitCode, 0, drilled.stderr)
  const tables = [
    'billing.effects',
    'billing.spend_costs',
    'billing.spend_days',
    'crm_sync.effects',
    'meetings.effects',
    'meetings.zoom_connections_begun',
    'meetings.zoom_grants',
    'telephony.effects'
  ].map((name) => ({ name }))
  t.match(drilled.json(), { drill: { masterKeyOpens: true, tables } })

  const unasked = await run(['restore'])
  t.strictSame([unasked.exitCode, unasked.stdout], [4, ''], 'a restore asks first')
  const full = await run(['restore', '--yes'])
  t.equal(full.exitCode, 4)
  t.match(full.stderr, /holds .* already.*RESTORE_TARGET_NOT_EMPTY/)
  const [nats, database] = await Promise.all([isolatedNats(t), testDatabase(t)])
  const restored = await run(['restore', '--yes'], { NATS_URL: nats.url, DATABASE_URL: database.url })
  t.equal(restored.exitCode, 0, restored.stderr)
  t.match(restored.stdout, /0 keys destroyed again. Start the services now/)
})

void t.test('what is missing or wrong is named, with an exit code of its own', async (t) => {
  const { environment } = await setUp(t)
  const nowhere = await runInTest(['backup', 'create'], { environment: { ...environment, BACKUP_STORE: '' } })
  t.equal(nowhere.exitCode, 6)
  t.match(nowhere.stderr, /--store <place>, or set BACKUP_STORE/)
  const empty = await runInTest(['verify'], { environment })
  t.equal(empty.exitCode, 3)
  t.match(empty.stderr, /BACKUP_NOT_FOUND/)
  await runInTest(['backup', 'create'], { environment })
  const other = { ...environment, BACKUP_KEY: randomBytes(32).toString('base64') }
  const wrong = await runInTest(['verify'], { environment: other })
  t.equal(wrong.exitCode, 6)
  t.match(wrong.stderr, /BACKUP_KEY_WRONG/)
})
