import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { readConfig } from '@leadlog/simulators'
import type { BenchContext } from '../core/bench-context.ts'
import { ratio, type Check, type Figure, type Outcome } from '../core/outcome.ts'
import { packageVersion } from '../core/package-versions.ts'
import { cpuSeconds } from '../core/process-figures.ts'
import { interleave } from '../core/rounds.ts'
import { median } from '../core/statistics.ts'
import { startWorker } from '../core/worker.ts'
import type { LoadRequests } from '../load/load.worker.ts'
import type { WindowReport } from '../load/run-window.ts'
import type { Contestant } from './contestant.ts'
import { leadlogContestant } from './leadlog-contestant.ts'
import { bareContestant, bullmqContestant, pgBossContestant } from './peer-contestants.ts'

const CONNECTIONS = 64
const WINDOW_MS = 5_000
const QUICK_WINDOW_MS = 1_500
/** Requests of the first, unmeasured window; later ones are sized by the rate seen. */
const FIRST_REQUESTS = 20_000
const QUICK_FIRST_REQUESTS = 4_000
/** A window must not run out of requests when the rate goes up. */
const RESERVE = 1.4
/** What the window before left behind, such as a checkpoint of a store, gets a moment to end. */
const PAUSE_MS = 500
/** Webhooks of the last window that are sent once more, to see that each store keeps a webhook once. */
const REPEATED = 500

const BARE = 'Fastify, verifies only'
const LEADLOG = 'Leadlog ingest, NATS default sync'
const LEADLOG_ALWAYS = 'Leadlog ingest, NATS sync always'
const BULLMQ = 'BullMQ, Redis appendfsync everysec'
const BULLMQ_ALWAYS = 'BullMQ, Redis appendfsync always'
const PG_BOSS = 'pg-boss, PostgreSQL'

/** A window with what it cost each side, in processor microseconds for each accepted webhook. */
interface Window extends WindowReport {
  readonly routeCpu: number
  readonly storeCpu: number
}

interface Tally {
  readonly contestant: Contestant
  readonly windows: Window[]
  accepted: number
}

/** Webhooks accepted a second: verified, stored, answered. */
export async function compareIngest(context: BenchContext): Promise<Outcome> {
  const { quick, rounds, say, teardown } = context
  const signingKey = readConfig({}).secrets.calendlySigningKey
  const load = startWorker<LoadRequests>(path.join(import.meta.dirname, '../load/load.worker.ts'), teardown)
  const tallies = (await startContestants(context, signingKey)).map((contestant): Tally => ({
    contestant,
    windows: [],
    accepted: 0
  }))
  const milliseconds = quick ? QUICK_WINDOW_MS : WINDOW_MS
  let bytesPerRequest = 0

  await interleave(tallies, rounds, async (tally, round) => {
    const { contestant, windows } = tally
    const rates = windows.map(rateOf)
    const first = quick ? QUICK_FIRST_REQUESTS : FIRST_REQUESTS
    const count = rates.length === 0 ? first : Math.ceil((Math.max(...rates) * milliseconds * RESERVE) / 1000)
    const seed = `${contestant.name} ${round} ${Date.now()}`
    bytesPerRequest = (await load.call('prepare', { count, seed })).bytesPerRequest
    await delay(PAUSE_MS)
    const window = await measure(contestant, () =>
      load.call('run', { port: contestant.port, connections: CONNECTIONS, milliseconds })
    )
    windows.push(window)
    tally.accepted += window.acceptedInAll
    say(
      `  ${round === 0 ? 'warm-up' : `round ${round}`}  ${contestant.name}: ${Math.round(rateOf(window))}/s, ` +
        `p50 ${window.p50.toFixed(1)} ms, p99 ${window.p99.toFixed(1)} ms, processor µs each: ` +
        `route ${Math.round(window.routeCpu)}, store ${Math.round(window.storeCpu)}, generator ${Math.round(generatorCpu(window))}`
    )
  })

  const checks: Check[] = []
  for (const tally of tallies) checks.push(...(await checkTally(tally)))
  checks.push(...(await checkRepeats(tallies, load)))

  const measured = tallies.map(({ contestant, windows }) => ({ name: contestant.name, windows: windows.slice(1) }))
  const rates = measured.map(({ name, windows }): Figure => ({
    name,
    unit: 'webhooks/s',
    samples: windows.map(rateOf)
  }))
  const p99 = measured.map(({ name, windows }): Figure => ({
    name: `${name}: p99`,
    unit: 'ms',
    samples: windows.map((window) => window.p99)
  }))
  const cpu = measured.flatMap(({ name, windows }): Figure[] => [
    { name: `${name}: processor, route`, unit: 'µs', samples: windows.map(({ routeCpu }) => routeCpu) },
    { name: `${name}: processor, store`, unit: 'µs', samples: windows.map(({ storeCpu }) => storeCpu) }
  ])
  const generator = measured.flatMap(({ windows }) => windows.map(generatorCpu))
  return {
    name: 'ingest',
    title: 'Webhooks accepted a second',
    settings: {
      load: `${CONNECTIONS} keep-alive connections, one request at a time each, unique signed Calendly bookings`,
      window: `${milliseconds / 1000} s, one warm-up window`,
      request: `${bytesPerRequest} bytes`,
      servers: [...new Set(tallies.flatMap(({ contestant }) => contestant.store ?? []))].join(', '),
      peers: ['fastify', 'bullmq', 'ioredis', 'pg-boss', 'pg'].map(packageVersion).join(', '),
      generator: `own process, ${Math.round(median(generator))} µs of processor time a request (median)`
    },
    figures: [...rates, ...p99, ...cpu.filter(({ samples }) => samples.some((sample) => sample > 0))],
    ratios: ratiosOf(rates),
    checks
  }
}

async function startContestants(context: BenchContext, signingKey: string): Promise<Contestant[]> {
  const contestants = [
    await bareContestant(context, BARE, signingKey),
    await leadlogContestant(context, { name: LEADLOG, signingKey, syncAlways: false }),
    await leadlogContestant(context, { name: LEADLOG_ALWAYS, signingKey, syncAlways: true }),
    await bullmqContestant(context, { name: BULLMQ, signingKey, appendfsync: 'everysec' }),
    await bullmqContestant(context, { name: BULLMQ_ALWAYS, signingKey, appendfsync: 'always' }),
    await pgBossContestant(context, PG_BOSS, signingKey)
  ]
  return contestants.filter((contestant) => contestant !== undefined)
}

async function measure(contestant: Contestant, run: () => Promise<WindowReport>): Promise<Window> {
  const { routePid, storePid } = contestant
  const used = (): [number, number] => [cpuSeconds(routePid), storePid === undefined ? 0 : cpuSeconds(storePid)]
  const [routeBefore, storeBefore] = used()
  const report = await run()
  const [route, store] = used()
  const each = (seconds: number): number => (seconds * 1e6) / Math.max(1, report.acceptedInAll)
  return { ...report, routeCpu: each(route - routeBefore), storeCpu: each(store - storeBefore) }
}

function generatorCpu(window: WindowReport): number {
  return (window.ownCpu * window.milliseconds * 1000) / Math.max(1, window.accepted)
}

function rateOf(window: WindowReport): number {
  return (window.accepted / window.milliseconds) * 1000
}

async function checkTally({ contestant, windows, accepted }: Tally): Promise<Check[]> {
  const refused = windows.flatMap((window) => Object.entries(window.refused))
  const answered: Check = {
    name: `${contestant.name}: every answer is 200`,
    ok: refused.length === 0,
    detail: refused.length === 0 ? `${accepted} answers` : JSON.stringify(refused)
  }
  const stored = await contestant.stored()
  if (stored === null) return [answered]
  return [
    answered,
    {
      name: `${contestant.name}: stores exactly what it accepted`,
      ok: stored === accepted,
      detail: `${accepted} accepted, ${stored} stored`
    }
  ]
}

/** The last window belongs to one contestant; its first webhooks are new to the others and repeats the second time. */
async function checkRepeats(
  tallies: readonly Tally[],
  load: ReturnType<typeof startWorker<LoadRequests>>
): Promise<Check[]> {
  await load.call('prepare', { count: REPEATED, seed: `repeated ${Date.now()}` })
  const checks: Check[] = []
  for (const { contestant } of tallies) {
    const before = await contestant.stored()
    if (before === null) continue
    const window = { port: contestant.port, connections: CONNECTIONS, milliseconds: WINDOW_MS }
    const answers = [await load.call('run', window), await load.call('run', window)]
    const added = ((await contestant.stored()) ?? 0) - before
    checks.push({
      name: `${contestant.name}: a repeated webhook is stored once`,
      ok: added === REPEATED && answers.every(({ acceptedInAll }) => acceptedInAll === REPEATED),
      detail: `${REPEATED} webhooks sent twice, ${added} stored`
    })
  }
  return checks
}

function ratiosOf(rates: readonly Figure[]) {
  const figure = (name: string): Figure => rates.find((rate) => rate.name === name) ?? { ...NOTHING, name }
  return [
    ratio(`${LEADLOG} ÷ ${BARE}`, figure(LEADLOG), figure(BARE), 0.5),
    ratio(`${LEADLOG_ALWAYS} ÷ ${BARE}`, figure(LEADLOG_ALWAYS), figure(BARE)),
    ratio(`${LEADLOG} ÷ ${BULLMQ}`, figure(LEADLOG), figure(BULLMQ)),
    ratio(`${LEADLOG_ALWAYS} ÷ ${BULLMQ_ALWAYS}`, figure(LEADLOG_ALWAYS), figure(BULLMQ_ALWAYS)),
    ratio(`${LEADLOG_ALWAYS} ÷ ${PG_BOSS}`, figure(LEADLOG_ALWAYS), figure(PG_BOSS))
  ].filter(({ samples }) => samples.length > 0)
}

const NOTHING = { unit: 'webhooks/s', samples: [] } as const
