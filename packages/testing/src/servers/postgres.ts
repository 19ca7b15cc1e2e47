import { createHash } from 'node:crypto'
import { startPostgres, type LocalServer } from '@leadlog/local/servers'
import pg from 'pg'
import type { TestContext } from '../test-context.ts'
import { containerUrl } from './container-url.ts'
import { isolatedServer } from './isolated-server.ts'
import { sharedServer } from './shared-server.ts'
import { uniqueName } from './unique-name.ts'

export interface DatabaseTemplate {
  /** Names the content: two templates with one key must hold the same. Put the newest migration's name in it. */
  key: string
  /** Fills the template; called once per server, whichever test process comes first. Must close its connections. */
  migrate(url: string): Promise<void>
}

export interface TestDatabase {
  url: string
  name: string
}

const sharedPostgres = sharedServer({
  variable: 'TEST_DATABASE_URL',
  container: () =>
    containerUrl({
      image: 'postgres:18',
      port: 5432,
      scheme: 'postgres',
      command: ['postgres', '-c', 'fsync=off', '-c', 'max_connections=300'],
      environment: { POSTGRES_USER: 'leadlog', POSTGRES_PASSWORD: 'leadlog', POSTGRES_DB: 'leadlog' },
      credentials: 'leadlog:leadlog@',
      path: '/leadlog'
    }),
  local: (dataDir) => startPostgres({ dataDir: `${dataDir}/data`, durable: false, background: true }),
  advice: 'no PostgreSQL could be started'
})

/** An empty database of this test's own, or a copy of a migrated template; dropped when the test ends. */
export async function testDatabase(
  t: TestContext,
  options: { template?: DatabaseTemplate } = {}
): Promise<TestDatabase> {
  const server = await sharedPostgres()
  const name = uniqueName()
  const source = options.template === undefined ? undefined : await ensureTemplate(server, options.template)
  await withAdmin(server, (admin) => {
    const template = source === undefined ? '' : ` template ${pg.escapeIdentifier(source)}`
    return admin.query(`create database ${pg.escapeIdentifier(name)}${template}`)
  })
  t.teardown(() =>
    withAdmin(server, (admin) => admin.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`))
  )
  return { url: databaseUrl(server, name), name }
}

/** A PostgreSQL server of this test's own, to be killed and restarted. */
export function isolatedPostgres(t: TestContext): Promise<LocalServer> {
  return isolatedServer(t, (dataDir) => startPostgres({ dataDir: `${dataDir}/data`, durable: false, background: true }))
}

/** A template gets its final name only when it is complete, so one that is there can be used. */
async function ensureTemplate(server: string, template: DatabaseTemplate): Promise<string> {
  const digest = createHash('sha256').update(template.key).digest()
  const name = `template_${digest.toString('hex').slice(0, 16)}`
  await withAdmin(server, async (admin) => {
    if (await exists(admin, name)) return
    await admin.query('select pg_advisory_lock($1)', [digest.readInt32BE(0)])
    if (await exists(admin, name)) return
    const unfinished = pg.escapeIdentifier(`${name}_unfinished`)
    await admin.query(`drop database if exists ${unfinished} with (force)`)
    await admin.query(`create database ${unfinished}`)
    await template.migrate(databaseUrl(server, `${name}_unfinished`))
    await admin.query(`alter database ${unfinished} rename to ${pg.escapeIdentifier(name)}`)
  })
  return name
}

async function exists(admin: pg.Client, name: string): Promise<boolean> {
  const result = await admin.query('select 1 from pg_database where datname = $1', [name])
  return result.rowCount === 1
}

/** A session of its own: closing it also gives back its advisory locks. */
async function withAdmin<T>(url: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: url })
  admin.on('error', () => undefined)
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.end()
  }
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
