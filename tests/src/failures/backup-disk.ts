import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { crmSync } from '@leadlog/crm-sync'
import { openEventLog } from '@leadlog/event-log'
import { openKeyring } from '@leadlog/keyring'
import { runCommand } from '@leadlog/local/commands'
import { startNats, startPostgres } from '@leadlog/local/servers'
import { createLogger, migrateUp, openPostgres } from '@leadlog/service'
import { databaseCatalog, streamStates } from '@leadlog/testing'
import pg from 'pg'
import { findings } from './findings.ts'
import { smallDisk } from './small-disk.ts'

/**
 * `leadlog backup create` onto a file system that gets full, and `leadlog restore` into a Postgres on one. Prints what the verbs
 * say and what they leave behind. Needs root.
 * `node infra/local/run.mjs exec tests/src/failures/backup-disk.ts`
 */
const ROOT = path.join(import.meta.dirname, '../../..')
/** Twice the size of one backup, and half of it for the next. */
const BACKUP_DISK = '40m'
const POSTGRES_DISK = '200m'
const EFFECTS = 60_000
const LEFT_BYTES = 4 * 1024 * 1024

const backupDisk = smallDisk(BACKUP_DISK)
const postgresDisk = smallDisk(POSTGRES_DISK)
const files = mkdtempSync(path.join(tmpdir(), 'leadlog-failures-'))
const found = findings('Backup and restore on full file systems')
const source = {
  nats: await startNats({ dataDir: path.join(files, 'nats') }),
  postgres: await startPostgres({ dataDir: path.join(files, 'postgres') })
}
const target = {
  nats: await startNats({ dataDir: path.join(files, 'nats-target') }),
  postgres: await startPostgres({
    dataDir: path.join(postgresDisk.folder, 'postgres'),
    logFile: path.join(files, 'target.log')
  })
}
const [store, keysStore] = [path.join(backupDisk.folder, 'backups'), path.join(files, 'keys')]
const masterKey = randomBytes(32)
try {
  await run()
} finally {
  for (const server of [source.nats, source.postgres, target.nats, target.postgres]) await server.kill('SIGKILL')
  backupDisk.remove()
  postgresDisk.remove()
  rmSync(files, { recursive: true, force: true })
}
found.end()

async function run(): Promise<void> {
  await fillSource()
  const create = ['backup', 'create', '--store', store, '--keys-store', keysStore]
  const first = await leadlog(create, source)
  found.holds(`the first backup is made: ${String(sizeOf(store))} bytes`, first.code === 0)
  const before = listed(store)

  backupDisk.fill(LEFT_BYTES)
  const second = await leadlog(create, source)
  found.saw(`the second says: ${second.stderr.trim()}`)
  found.holds('it fails with BACKUP_STORE_FULL', second.code === 1 && second.stderr.includes('BACKUP_STORE_FULL'))
  found.holds('nothing of it is left, the first one is untouched', listed(store) === before)
  backupDisk.free()
  const list = await leadlog(['backup', 'list', '--store', store, '--keys-store', keysStore], source)
  found.saw(`backup list: ${list.stdout.trim().split('\n').join(' | ')}`)
  const verified = await leadlog(['verify', '--store', store, '--keys-store', keysStore], source)
  found.holds('the first one verifies from its first byte to its last', verified.code === 0)
  found.holds('with room again a backup is made', (await leadlog(create, source)).code === 0)

  await databaseCatalog(target.postgres.url)
  postgresDisk.fill(LEFT_BYTES)
  const restore = ['restore', '--store', store, '--keys-store', keysStore, '--yes']
  const full = await leadlog(restore, target)
  found.saw(`a restore into a Postgres that gets full says: ${full.stderr.trim().split('\n').at(-1) ?? ''}`)
  found.holds(
    'it fails and names the cause',
    full.code !== 0 && /CLI_DATABASE_REFUSES|CLI_DATABASE_AWAY/.test(full.stderr)
  )
  postgresDisk.free()
  await target.postgres.restart()
  const [streams, catalog] = [await streamStates(target.nats.url), await databaseCatalog(target.postgres.url)]
  const tables = catalog.filter((line) => line.startsWith('table '))
  found.saw(`left behind: ${String(streams.length)} streams, ${String(tables.length)} tables`)
  let again = await leadlog(restore, target)
  if (again.stderr.includes('RESTORE_INTERRUPTED')) {
    found.saw(`the next one says: ${again.stderr.trim()}`)
    again = await leadlog([...restore, '--discard-interrupted'], target)
  } else found.holds('what failed left nothing behind', streams.length === 0 && tables.length === 0)
  found.holds('with room again it goes through', again.code === 0)
  if (again.code !== 0) found.saw(again.stderr)
  const [was, is] = [await notesIn(source.postgres.url), await notesIn(target.postgres.url)]
  found.holds(`${String(is)} effects are restored of ${String(was)}`, was === EFFECTS && is === was)
}

/** Streams, keys, and so many settled effects that a restore has to write megabytes. */
async function fillSource(): Promise<void> {
  const logger = createLogger({ service: 'test', level: 'silent' })
  const log = await openEventLog({ servers: source.nats.url, name: 'test', logger })
  await log.ensureStreams()
  const keyring = await openKeyring({ connection: log.connection, masterKey })
  await keyring.seal('ada', 'sealed', 'test')
  keyring.close()
  await log.close()
  const postgres = openPostgres({ url: source.postgres.url, applicationName: 'test', logger })
  if (!crmSync.migrations) throw new Error('crm-sync has no migrations')
  await migrateUp(postgres.db, crmSync.migrations)
  await postgres.pool.query(`
    insert into crm_sync.effects (key, vendor, operation, state, attempt, owner, request_digest, response, created_at, updated_at)
    select 'note:' || n, 'zoho', 'create-note', 'done', 1, 'test', md5(n::text) || md5('a' || n),
      jsonb_build_object('id', md5('b' || n) || md5('c' || n) || md5('d' || n)), now(), now()
    from generate_series(1, ${String(EFFECTS)}) as n`)
  await postgres.close()
}

async function notesIn(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from crm_sync.effects where key like 'note:%'`
  )
  await client.end()
  return rows[0]?.n ?? 0
}

function leadlog(args: readonly string[], at: { nats: { url: string }; postgres: { url: string } }) {
  const env = {
    PATH: process.env['PATH'],
    NO_COLOR: '1',
    LEADLOG_STATE: path.join(files, 'no-system'),
    NATS_URL: at.nats.url,
    DATABASE_URL: at.postgres.url,
    LEADLOG_MASTER_KEY: masterKey.toString('base64')
  }
  return runCommand(process.execPath, [path.join(ROOT, 'packages/cli/src/main.ts'), ...args], { env, cwd: files })
}

/** Every file with its content, as one text to compare. */
function listed(folder: string): string {
  return filesOf(folder)
    .map((file) => `${file} ${readFileSync(file).toString('base64')}`)
    .join('\n')
}

function sizeOf(folder: string): number {
  return filesOf(folder).reduce((sum, file) => sum + statSync(file).size, 0)
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
}
