import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { spawnChild } from '../processes/child.ts'
import { runCommand } from '../processes/run-command.ts'
import { findPostgres, type PostgresPrograms } from './acquire/postgres-programs.ts'
import { freePort } from './ports.ts'
import type { LocalServer } from './server.ts'
import { supervise } from './supervise.ts'
import { unprivilegedAccount, type Account } from './unprivileged.ts'

/** The superuser and the database of the local system. */
const USER = 'leadlog'
const DATABASE = 'leadlog'

const PASSWORD_FILE = 'leadlog.password'

export interface PostgresOptions {
  dataDir: string
  /** Any free port when left out. */
  port?: number
  /** False trades safety against a power cut for speed; a killed process loses nothing either way. Default true. */
  durable?: boolean
  logFile?: string
  /** True: does not keep this process alive, and ends when it ends. */
  background?: boolean
}

/** Starts PostgreSQL on 127.0.0.1, creating its data folder and database the first time. */
export async function startPostgres(options: PostgresOptions): Promise<LocalServer> {
  const programs = await findPostgres()
  const port = options.port ?? (await freePort())
  const logFile = options.logFile ?? `${options.dataDir}.log`
  const account = unprivilegedAccount(options.dataDir, [programs.postgres])
  const password = await initialise(programs, options, account)
  const connection = { host: '127.0.0.1', port, user: USER, password }
  const [command = '', ...args] = [
    ...account.prefix,
    programs.postgres,
    '-D',
    options.dataDir,
    ...settings(port, options)
  ]
  const server = await supervise({
    name: 'PostgreSQL',
    url: `postgres://${USER}:${password}@127.0.0.1:${String(port)}/${DATABASE}`,
    port,
    logFile,
    // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
    launch: () =>
      spawnChild({
        command,
        args,
        logFile,
        stopSignal: 'SIGINT',
        stage: 1,
        background: options.background ?? false,
        cwd: '/',
        ...account.spawn
      }),
    probe: async () => {
      await query({ ...connection, database: 'postgres' }, 'select 1')
    }
  })
  await createDatabase({ ...connection, database: 'postgres' })
  return server
}

function settings(port: number, options: PostgresOptions): string[] {
  const fast = ['fsync=off', 'full_page_writes=off']
  return [
    `port=${String(port)}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=300',
    'timezone=UTC',
    'log_checkpoints=off',
    // A segment that is not needed any more is removed and not used again with its old content: erasure relies on it.
    'wal_recycle=off',
    ...((options.durable ?? true) ? [] : fast)
  ].flatMap((setting) => ['-c', setting])
}

/** Creates the data folder beside its place and renames it, so that an interrupted first start leaves nothing half made. */
async function initialise(programs: PostgresPrograms, options: PostgresOptions, account: Account): Promise<string> {
  const { dataDir } = options
  const passwordFile = path.join(dataDir, PASSWORD_FILE)
  if (existsSync(passwordFile)) return readFileSync(passwordFile, 'utf8')
  const parent = path.dirname(dataDir)
  mkdirSync(parent, { recursive: true })
  const work = mkdtempSync(path.join(parent, '.postgres-'))
  try {
    const password = randomBytes(16).toString('hex')
    const input = path.join(work, 'password')
    const fresh = path.join(work, 'data')
    writeFileSync(input, password, { mode: 0o600 })
    mkdirSync(fresh, { mode: 0o700 })
    own(account, [work, input, fresh])
    const flags = [
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--auth=scram-sha-256',
      '--no-instructions',
      ...((options.durable ?? true) ? [] : ['--no-sync'])
    ]
    const [command = '', ...args] = [
      ...account.prefix,
      programs.initdb,
      '-D',
      fresh,
      '-U',
      USER,
      `--pwfile=${input}`,
      ...flags
    ]
    const result = await runCommand(command, args, { cwd: '/', ...account.spawn })
    if (!result.ok) throw new Error(`initdb failed: ${result.stderr || result.stdout}`)
    const kept = path.join(fresh, PASSWORD_FILE)
    writeFileSync(kept, password, { mode: 0o600 })
    own(account, [kept])
    // Refuses, as it should, to replace a folder that holds anything.
    renameSync(fresh, dataDir)
    return password
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function own(account: Account, files: readonly string[]): void {
  if (account.owner === undefined) return
  for (const file of files) chownSync(file, account.owner.uid, account.owner.gid)
}

async function createDatabase(connection: pg.ClientConfig): Promise<void> {
  const exists = await query(connection, 'select 1 from pg_database where datname = $1', [DATABASE])
  if (exists === 0) await query(connection, `create database ${pg.escapeIdentifier(DATABASE)}`)
}

/** Runs one statement on a connection of its own; resolves with the number of rows. */
async function query(connection: pg.ClientConfig, text: string, values: unknown[] = []): Promise<number> {
  const client = new pg.Client(connection)
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(text, values)).rowCount ?? 0
  } finally {
    await client.end()
  }
}
