import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { effectLedgerMigration, type EffectLedger } from '@leadlog/outbound'
import { eventually, testDatabase, testNats, type TestContext } from '@leadlog/testing'
import pg from 'pg'
import t from 'tap'
import { createLogger } from '../logger.ts'
import { defineService } from '../manifest.ts'
import { effectsUnresolved } from '../outbound/effect-metrics.ts'
import { openEffectLedger } from '../outbound/open-effect-ledger.ts'
import { startService } from '../start-service.ts'
import type { ServiceMigrations } from './migrate.ts'

const logger = createLogger({ service: 'counter', level: 'silent' })
const migrations: ServiceMigrations = { schema: 'aside', steps: { '0001-effects': effectLedgerMigration('aside') } }

const dialler = defineService({
  name: 'dialler',
  description: 'Dials, and answers.',
  defaultPort: 0,
  config: {},
  uses: { postgres: 'aside', redis: false },
  migrations,
  metrics: [effectsUnresolved],
  setup: (context): { ledger: EffectLedger | null } => {
    const settings = { schema: 'aside', leaseSeconds: 60, ttlSeconds: 86_400, keepNewestBy: null }
    return { ledger: context.postgres ? openEffectLedger(context, context.postgres.db, settings) : null }
  },
  reactors: [],
  projections: []
})

/** An address where nobody listens until `appear` puts the server behind it. */
async function absent(t: TestContext, serverUrl: string) {
  const { hostname, port: behind } = new URL(serverUrl)
  const proxy = createServer((client) => {
    const server = connect(Number(behind), hostname)
    client.pipe(server).pipe(client)
    for (const socket of [client, server]) {
      socket.on('error', () => undefined)
      socket.on('close', () => [client, server].forEach((one) => one.destroy()))
    }
  })
  const listen = async (port: number): Promise<number> => {
    proxy.listen(port, '127.0.0.1')
    await once(proxy, 'listening')
    return (proxy.address() as AddressInfo).port
  }
  const port = await listen(0)
  proxy.close()
  await once(proxy, 'close')
  t.teardown(() => void proxy.close())
  const url = new URL(serverUrl)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  return { url: url.href, appear: () => listen(port) }
}

void t.test('a service that uses Postgres aside', async (t) => {
  const [nats, database] = await Promise.all([testNats(t), testDatabase(t)])
  const environment = {
    NATS_URL: nats.url,
    NATS_PREFIX: nats.prefix,
    LEADLOG_MASTER_KEY: randomBytes(32).toString('base64'),
    DIALLER_PORT: '0'
  }
  const start = async (more: Record<string, string>) => {
    const made: { ledger?: EffectLedger | null } = {}
    const manifest = {
      ...dialler,
      setup: async (context: Parameters<typeof dialler.setup>[0]) => Object.assign(made, await dialler.setup(context))
    }
    const service = await startService(manifest, { environment: { ...environment, ...more }, logger })
    t.teardown(() => service.stop())
    const readiness = async () => {
      const answer = await fetch(`${service.url}/readyz`)
      const { dependencies } = (await answer.json()) as { dependencies: Record<string, { detail?: string }> }
      return { status: answer.status, postgres: dependencies['postgres'] }
    }
    return { ledger: made.ledger, readiness }
  }
  const effect = (key: string) => ({
    key,
    vendor: 'twilio',
    operation: 'dial',
    digest: 'd',
    policy: 'park' as const,
    perform: () => Promise.resolve({ sid: key })
  })

  const without = await start({})
  t.equal(without.ledger, null, 'no address: no ledger')
  t.match(await without.readiness(), { status: 200, postgres: undefined })

  const away = await absent(t, database.url)
  const { ledger, readiness } = await start({ DATABASE_URL: away.url })
  t.match(await readiness(), { status: 200, postgres: { detail: /what needs Postgres waits/ } }, 'it starts without')
  await t.rejects(async () => ledger?.run(effect('one')), { code: 'EFFECT_LEDGER_UNAVAILABLE', countsAsAttempt: false })
  await away.appear()
  await eventually(async () => (await readiness()).postgres?.detail === undefined)
  t.match(await ledger?.run(effect('one')), { response: { sid: 'one' }, how: 'performed' }, 'the tables are there')

  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  t.teardown(() => client.end())
  await client.query("insert into aside.migrations (name, timestamp) values ('0009-of-tomorrow', now()::text)")
  const older = await start({ DATABASE_URL: database.url })
  await eventually(async () => /of a newer release/.test((await older.readiness()).postgres?.detail ?? ''))
  await t.rejects(
    async () => older.ledger?.run(effect('two')),
    { code: 'EFFECT_LEDGER_UNAVAILABLE' },
    'they are left alone'
  )
  t.equal((await older.readiness()).status, 200)
})

void t.test('projections and aside do not go together', (t) => {
  const projections = [{ name: 'p' }] as unknown as typeof dialler.projections
  t.throws(() => defineService({ ...dialler, projections }), /has projections/)
  t.end()
})
