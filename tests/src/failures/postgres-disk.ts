import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort, startNats, startPostgres } from '@leadlog/local/servers'
import { generateLoad, sendDeliveries } from '@leadlog/simulators'
import { eventually } from '@leadlog/testing'
import pg from 'pg'
import { program } from '../system/program.ts'
import { rebuildAll } from '../system/rebuilds.ts'
import { newSecrets } from '../system/secrets.ts'
import { vendorVariables } from '../system/vendor-variables.ts'
import { findings } from './findings.ts'
import { lastLine, textAt } from './look.ts'
import { smallDisk } from './small-disk.ts'

/**
 * Postgres on a file system that is really full, under the gateway's read models, while ingest goes on. Prints what readiness
 * and metrics say, and whether the read models are the same as rebuilt ones afterwards. Needs root.
 * `node infra/local/run.mjs exec tests/src/failures/postgres-disk.ts`
 */
const DISK = '320m'
/** Enough events that the tables must grow. */
const CUSTOMERS = 1_500
/** Between two looks at the services. */
const LOOK_EVERY_MS = 500
/** A full disk is met by the first batches; then the run ends as failed. */
const REFUSED_WITHIN_MS = 120_000

const disk = smallDisk(DISK)
const files = mkdtempSync(path.join(tmpdir(), 'leadlog-failures-'))
const found = findings('Postgres on a full file system')
const postgresLog = path.join(files, 'postgres.log')
const nats = await startNats({ dataDir: path.join(files, 'nats') })
const postgres = await startPostgres({ dataDir: path.join(disk.folder, 'postgres'), logFile: postgresLog })
const secrets = newSecrets()
const [ingestPort, gatewayPort] = [await freePort(), await freePort()]
const environment: NodeJS.ProcessEnv = {
  PATH: process.env['PATH'],
  LOG_LEVEL: 'info',
  NATS_URL: nats.url,
  NATS_SYNC_ALWAYS: 'true',
  DATABASE_URL: postgres.url,
  LEADLOG_MASTER_KEY: randomBytes(32).toString('base64'),
  LEADLOG_API_KEY: randomBytes(16).toString('hex'),
  INGEST_PORT: String(ingestPort),
  GATEWAY_PORT: String(gatewayPort),
  RECONCILE_EVERY_MINUTES: '0',
  ...vendorVariables('http://127.0.0.1:9', secrets)
}
const service = (name: string, port: number) =>
  program({
    name,
    file: `services/${name}/src/main.ts`,
    port,
    environment,
    logFile: path.join(files, `${name}.log`),
    stage: 3
  })
const [ingest, gateway] = [service('ingest', ingestPort), service('gateway', gatewayPort)]
try {
  await run()
} finally {
  await Promise.all([ingest.stop(), gateway.stop()])
  await Promise.all([nats.kill('SIGKILL'), postgres.kill('SIGKILL')])
  disk.remove()
  rmSync(files, { recursive: true, force: true })
}
found.end()

async function run(): Promise<void> {
  await Promise.all([ingest.start(), gateway.start()])
  await Promise.all([ingest.ready(), gateway.ready()])
  const load = [...generateLoad({ customers: CUSTOMERS, seed: 'disk', secrets, heldShare: 0, movedShare: 0 })]
  const [first, rest] = [load.slice(0, 50), load.slice(50)]
  const send = (some: typeof load) => sendDeliveries(some, { ingest: ingest.url, concurrency: 8 })
  await send(first)
  await eventually(async () => (await received()) === first.length)

  disk.fill()
  const sent = await send(rest)
  found.holds(
    `ingest, which needs no Postgres, accepted ${String(sent.filter(({ status }) => status === 200).length)} of ${String(rest.length)}`,
    sent.every(({ status }) => status === 200)
  )
  const refused = await refusedReadiness()
  found.saw(`readyz ${String(refused.status)} ${refused.body}`)
  found.holds(
    'readyz of the gateway is 503 and says that the disk is full',
    /53100|No space left|57P03|ECONNREFUSED|starting up|recovery/.test(refused.body)
  )
  const metric = /leadlog_postgres_refused\{[^}]*\} 1/.exec((await textAt(gateway, 'metrics')).body)?.[0]
  found.saw(`the metric of the alert PostgresRefuses: ${metric ?? 'none'}`)
  const logged = lastLine(path.join(files, 'gateway.log'), /has no space left|wait for Postgres|does not answer/)
  found.saw(`the gateway logs: ${logged.slice(0, 420)}`)
  found.holds('the gateway says it in its log', logged !== 'nothing')
  found.saw(`Postgres says: ${lastLine(postgresLog, /No space left/)}`)
  const panicked = /PANIC/.test(readFileSync(postgresLog, 'utf8'))
  found.saw(panicked ? 'Postgres stopped itself: its log had no room' : 'Postgres goes on and refuses')
  const read = await fetch(`${gateway.url}/v1/leads`, { headers: key() })
  found.saw(`a read meanwhile is answered ${String(read.status)}`)

  disk.free()
  if (!(await answers())) {
    await postgres.restart()
    found.saw('Postgres was started again')
  }
  await eventually(async () => (await received()) === load.length, { within: 300_000 })
  found.holds(`with room again the read models are level by themselves: ${String(load.length)} webhooks`, true)
  await eventually(async () => (await textAt(gateway, 'readyz')).status === 200)
  found.holds('the gateway is ready by itself', true)
  const { data } = (await (await fetch(`${gateway.url}/v1/projections`, { headers: key() })).json()) as {
    data: { parkedKeys: number }[]
  }
  found.holds(
    'no row of a read model is parked',
    data.every(({ parkedKeys }) => parkedKeys === 0)
  )
  const letters = (await (await fetch(`${gateway.url}/v1/dead-letters`, { headers: key() })).json()) as {
    data: object[]
  }
  found.holds('there is no dead letter', letters.data.length === 0)
  for (const { projection, equal, liveRows } of await rebuildAll({ environment }))
    found.holds(`${projection}: ${String(liveRows)} rows, the same as a rebuild's`, equal)
}

async function refusedReadiness(): Promise<{ status: number; body: string }> {
  const deadline = performance.now() + REFUSED_WITHIN_MS
  for (;;) {
    const ready = await textAt(gateway, 'readyz')
    if (ready.status === 503 && ready.body.includes('"postgres":{"ok":false')) return ready
    if (performance.now() > deadline) return ready
    await delay(LOOK_EVERY_MS)
  }
}

function key(): { authorization: string } {
  return { authorization: `Bearer ${environment['LEADLOG_API_KEY'] ?? ''}` }
}

/** Webhooks in the read models; -1 while they cannot be read. */
async function received(): Promise<number> {
  const answer = await fetch(`${gateway.url}/v1/ledger`, { headers: key() })
  if (!answer.ok) return -1
  return ((await answer.json()) as { totals: { received: number } }).totals.received
}

async function answers(): Promise<boolean> {
  const client = new pg.Client({ connectionString: postgres.url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}
