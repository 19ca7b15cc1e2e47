import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openEventLog } from '@leadlog/event-log'
import { freePort, startNats } from '@leadlog/local/servers'
import { createLogger } from '@leadlog/service'
import { generateLoad, type Delivery } from '@leadlog/simulators'
import { eventually } from '@leadlog/testing'
import { program } from '../system/program.ts'
import { newSecrets } from '../system/secrets.ts'
import { vendorVariables } from '../system/vendor-variables.ts'
import { findings } from './findings.ts'
import { lastLine, textAt } from './look.ts'
import { smallDisk } from './small-disk.ts'

/**
 * NATS on a file system that is really full, under ingest. Prints what ingest answers, what its readiness, its metrics and
 * the log of NATS say, and whether anything acknowledged is missing afterwards. Needs root.
 * `node infra/local/run.mjs exec tests/src/failures/nats-disk.ts`
 */
const DISK = '24m'
/** So much is left when it is filled, so that it becomes full in the middle of the work. */
const LEFT_BYTES = 256 * 1024
/** Refusals to see before the disk is emptied. */
const REFUSALS = 12

interface Answer {
  readonly delivery: Delivery
  readonly status: number
  readonly code: string
  readonly retryAfter: string | null
  readonly eventId: string | null
  readonly duplicate: boolean
}

const disk = smallDisk(DISK)
const files = mkdtempSync(path.join(tmpdir(), 'leadlog-failures-'))
const found = findings('NATS on a full file system')
const natsLog = path.join(files, 'nats.log')
const nats = await startNats({ dataDir: path.join(disk.folder, 'nats'), logFile: natsLog })
const secrets = newSecrets()
const port = await freePort()
const ingest = program({
  name: 'ingest',
  file: 'services/ingest/src/main.ts',
  port,
  environment: {
    PATH: process.env['PATH'],
    LOG_LEVEL: 'info',
    NATS_URL: nats.url,
    NATS_SYNC_ALWAYS: 'true',
    LEADLOG_MASTER_KEY: randomBytes(32).toString('base64'),
    INGEST_PORT: String(port),
    RECONCILE_EVERY_MINUTES: '0',
    ...vendorVariables('http://127.0.0.1:9', secrets)
  },
  logFile: path.join(files, 'ingest.log'),
  stage: 3
})
const log = await openEventLog({
  servers: nats.url,
  name: 'test',
  logger: createLogger({ service: 'test', level: 'silent' })
})
try {
  await run()
} finally {
  await ingest.stop()
  await log.close().catch(() => undefined)
  await nats.kill('SIGKILL')
  disk.remove()
  rmSync(files, { recursive: true, force: true })
}
found.end()

async function run(): Promise<void> {
  await ingest.start()
  await ingest.ready()
  const load = generateLoad({ customers: 4_000, seed: 'disk', secrets, heldShare: 0, movedShare: 0 })[Symbol.iterator]()
  const next = (): Delivery => {
    const { value, done } = load.next()
    if (done === true) throw new Error('the load is used up before the disk is full')
    return value
  }
  const accepted: Answer[] = []
  const refused: Answer[] = []
  const take = (answer: Answer): void => void (answer.status === 200 ? accepted : refused).push(answer)

  for (let count = 0; count < 100; count++) take(await send(next()))
  found.holds(`${String(accepted.length)} of 100 accepted before`, refused.length === 0)

  disk.fill(LEFT_BYTES)
  while (refused.length < REFUSALS)
    for (const answer of await Promise.all([next(), next(), next()].map(send))) take(answer)
  const accepting = accepted.length
  found.saw(`${String(accepting - 100)} more were accepted until the disk was full, then ${tally(refused)}`)
  found.holds(
    'every refusal is 503 with Retry-After',
    refused.every(({ status, retryAfter }) => status === 503 && Number(retryAfter) > 0)
  )
  const ready = await textAt(ingest, 'readyz')
  found.saw(`readyz ${String(ready.status)} ${ready.body}`)
  found.holds('readyz is 503 and names the runbook', ready.status === 503 && ready.body.includes('disk-full.md'))
  const metric = /leadlog_appends_refused\{[^}]*\} 1/.exec((await textAt(ingest, 'metrics')).body)?.[0] ?? 'none'
  found.saw(`the metric of the alert LogFull: ${metric}`)
  found.holds('the alert LogFull has its metric', metric !== 'none')
  found.saw(`NATS says: ${lastLine(natsLog, /no space left|Critical write error/i)}`)

  disk.free()
  const afterwards = await Promise.all(Array.from({ length: 3 }, () => send(next())))
  for (const answer of afterwards) take(answer)
  found.saw(`with room again, NATS not restarted: ${tally(afterwards)}`)

  await nats.restart()
  await eventually(async () => (await textAt(ingest, 'readyz')).status === 200)
  found.holds('after a restart of NATS ingest is ready by itself', true)

  let missing = 0
  for (const { eventId } of accepted) if (!(await log.getLast('INGEST', `in.calendly.${eventId ?? ''}`))) missing += 1
  found.holds(`${String(accepted.length)} were acknowledged, ${String(missing)} of them are missing`, missing === 0)
  const again = await Promise.all(refused.map(({ delivery }) => send(delivery)))
  const known = again.filter(({ duplicate }) => duplicate).length
  found.holds(
    `${String(again.length)} that were refused are accepted when sent again (${String(known)} had been stored although refused)`,
    again.every(({ status }) => status === 200)
  )
  const ids = new Set([...accepted, ...again].map(({ eventId }) => eventId))
  const stored = await log.lastSequence('INGEST')
  found.holds(`INGEST holds ${String(stored)} for ${String(ids.size)} webhooks: each once`, stored === ids.size)
  const repeated = await Promise.all(accepted.slice(0, 20).map(({ delivery }) => send(delivery)))
  found.holds(
    'what was acknowledged is known as a duplicate',
    repeated.every(({ duplicate }) => duplicate)
  )
}

async function send(delivery: Delivery): Promise<Answer> {
  const answer = await fetch(new URL(delivery.path, ingest.url), {
    method: 'POST',
    headers: delivery.headers(new Date()),
    body: delivery.body
  })
  const body = (await answer.json()) as { eventId?: string; duplicate?: boolean; code?: string }
  return {
    delivery,
    status: answer.status,
    code: body.code ?? '',
    retryAfter: answer.headers.get('retry-after'),
    eventId: body.eventId ?? null,
    duplicate: body.duplicate === true
  }
}

function tally(answers: readonly Answer[]): string {
  const counts = new Map<string, number>()
  for (const { status, code } of answers) {
    const key = `${String(status)} ${code}`.trim()
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts].map(([key, count]) => `${String(count)} × ${key}`).join(', ')
}
