import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openEventLog, type EventLog } from '@leadlog/event-log'
import { freePort, startNatsCluster, type NatsCluster } from '@leadlog/local/servers'
import { createLogger } from '@leadlog/service'
import { generateLoad, type Delivery } from '@leadlog/simulators'
import { jetstreamManager } from '@nats-io/jetstream'
import { newSecrets } from '../system/secrets.ts'
import { program } from '../system/program.ts'
import { vendorVariables } from '../system/vendor-variables.ts'

/**
 * Three replicated NATS nodes under load: the leader of INGEST is killed, and later started again. Prints how long
 * nothing was accepted and whether anything acknowledged is missing; exit code 1 where it is, or where it took too long.
 * `node infra/local/run.mjs exec tests/src/cluster/failover.ts --rate 200 --seconds 40`
 */
const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '40' },
    rounds: { type: 'string', default: '3' }
  }
})
const RATE = Number(values.rate)
const SECONDS = Number(values.seconds)
/** The goal: accepting again within this time. */
const GOAL_MS = 10_000
/** When in the run the leader is killed, and when it comes back. */
const KILL_AT = 0.25
const RESTART_AT = 0.6

interface Answer {
  readonly at: number
  readonly status: number | string
  readonly eventId: string | null
}

const logger = createLogger({ service: 'failover', level: 'silent' })
let good = true
for (let round = 1; round <= Number(values.rounds); round++) good = (await failover(round)) && good
process.exit(good ? 0 : 1)

async function failover(round: number): Promise<boolean> {
  const folder = mkdtempSync(path.join(tmpdir(), 'leadlog-failover-'))
  const cluster = await startNatsCluster({ dataDir: folder, syncAlways: true })
  const secrets = newSecrets()
  const port = await freePort()
  const environment = {
    PATH: process.env['PATH'],
    LOG_LEVEL: 'warn',
    NATS_URL: cluster.url,
    NATS_REPLICAS: '3',
    NATS_SYNC_ALWAYS: 'true',
    LEADLOG_MASTER_KEY: randomBytes(32).toString('base64'),
    INGEST_PORT: String(port),
    RECONCILE_EVERY_MINUTES: '0',
    ...vendorVariables('http://127.0.0.1:9', secrets)
  }
  const logFile = path.join(folder, 'ingest.log')
  const ingest = program({ name: 'ingest', file: 'services/ingest/src/main.ts', port, environment, logFile, stage: 3 })
  const log = await openWhenReady(cluster)
  try {
    await log.ensureStreams()
    await ingest.start()
    await ingest.ready()
    const load = generateLoad({
      customers: RATE * SECONDS,
      seed: `failover ${round}`,
      secrets,
      heldShare: 0,
      movedShare: 0
    })
    const killed = killAndRestart(log, cluster)
    const began = performance.now()
    const answers = await sendPaced([...load], ingest.url)
    const { leader, at, next } = await killed
    const missing = await missingOf(log, answers)
    return report({
      round,
      leader,
      next,
      killedAt: at - began,
      answers: answers.map((one) => ({ ...one, at: one.at - began })),
      missing
    })
  } finally {
    await ingest.stop()
    await log.close()
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A cluster that has just started has no leader for some seconds. */
async function openWhenReady(cluster: NatsCluster): Promise<EventLog> {
  for (;;) {
    const log = await openEventLog({ servers: cluster.url, name: 'failover', logger, replicas: 3 })
    try {
      await log.ensureStreams()
      return log
    } catch {
      await log.close()
      await delay(500)
    }
  }
}

async function killAndRestart(
  log: EventLog,
  cluster: NatsCluster
): Promise<{ leader: string; at: number; next: string }> {
  const manager = await jetstreamManager(log.connection)
  const leaderNow = async (): Promise<string> => (await manager.streams.info('INGEST')).cluster?.leader ?? ''
  await delay(SECONDS * KILL_AT * 1000)
  const leader = await leaderNow()
  const node = cluster.nodes[Number(leader.slice(1)) - 1]
  if (!node) throw new Error(`there is no node ${leader}`)
  const at = performance.now()
  await node.kill()
  await delay(SECONDS * (RESTART_AT - KILL_AT) * 1000)
  const next = await leaderNow()
  await node.restart()
  return { leader, at, next }
}

/** One request at each even interval, whatever became of those before; nothing is sent twice. */
async function sendPaced(deliveries: readonly Delivery[], ingest: string): Promise<Answer[]> {
  const began = performance.now()
  const answers: Promise<Answer>[] = []
  for (const [index, delivery] of deliveries.entries()) {
    const early = began + (index * 1000) / RATE - performance.now()
    if (early > 0) await delay(early)
    answers.push(send(delivery, ingest))
  }
  return Promise.all(answers)
}

async function send(delivery: Delivery, ingest: string): Promise<Answer> {
  try {
    const answer = await fetch(new URL(delivery.path, ingest), {
      method: 'POST',
      headers: delivery.headers(new Date()),
      body: delivery.body
    })
    const body = (await answer.json()) as { eventId?: string }
    return { at: performance.now(), status: answer.status, eventId: body.eventId ?? null }
  } catch (error) {
    return { at: performance.now(), status: error instanceof Error ? error.message : String(error), eventId: null }
  }
}

/** Acknowledged webhooks that the log does not hold. */
async function missingOf(log: EventLog, answers: readonly Answer[]): Promise<number> {
  let missing = 0
  for (const { status, eventId } of answers) {
    if (status !== 200 || eventId === null) continue
    if ((await log.getLast('INGEST', `in.calendly.${eventId}`)) === null) missing += 1
  }
  return missing
}

function report(run: {
  round: number
  leader: string
  next: string
  killedAt: number
  answers: readonly Answer[]
  missing: number
}): boolean {
  const accepted = run.answers
    .filter(({ status }) => status === 200)
    .map(({ at }) => at)
    .sort((a, b) => a - b)
  const others = new Map<string, number>()
  for (const { status } of run.answers)
    if (status !== 200) others.set(String(status), (others.get(String(status)) ?? 0) + 1)
  const firstAfter = accepted.find((at) => at > run.killedAt) ?? Infinity
  const gap = longestGap(accepted.filter((at) => at >= run.killedAt - 100))
  const good = run.missing === 0 && gap <= GOAL_MS
  console.log(
    `round ${run.round}: ${run.answers.length} sent at ${RATE}/s, ${accepted.length} accepted, ` +
      `${[...others].map(([status, count]) => `${count} × ${status}`).join(', ') || 'none refused'}; ` +
      `leader ${run.leader} killed, then ${run.next}; first accepted ${Math.round(firstAfter - run.killedAt)} ms after the kill, ` +
      `longest time without one ${Math.round(gap)} ms; ${run.missing} acknowledged and missing: ${good ? 'good' : 'NOT GOOD'}`
  )
  return good
}

function longestGap(times: readonly number[]): number {
  return times.slice(1).reduce((longest, at, index) => Math.max(longest, at - (times[index] ?? at)), 0)
}
