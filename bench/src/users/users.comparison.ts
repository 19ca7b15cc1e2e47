import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { openSessions } from '@leadlog/gateway/open-session'
import { startNats, startPostgres, startRedis } from '@leadlog/local/servers'
import { services } from '@leadlog/local/services'
import pg from 'pg'
import type { BenchContext } from '../core/bench-context.ts'
import { ROOT, serviceNamed, startLeadlogProgram } from '../core/leadlog-program.ts'
import type { Check, Figure, Outcome, Ratio } from '../core/outcome.ts'
import { cpuSeconds, residentMiB } from '../core/process-figures.ts'
import { natsVersion, postgresVersion } from '../core/server-versions.ts'
import { quantile } from '../core/statistics.ts'
import { startWorker } from '../core/worker.ts'
import { openBenchLog } from '../rebuild/open-bench-log.ts'
import { hostOf } from '../scale/lead-chapters.ts'
import type { FillRequests } from '../scale/scale-requests.ts'
import {
  liveDelays,
  screenDelays,
  type BareRequests,
  type PeopleFigures,
  type PeopleRequests,
  type Person
} from './users-requests.ts'

const EVENTS = 100_000
const QUICK_EVENTS = 10_000
/** About: the leads that so many events tell of. */
const EVENTS_A_LEAD = 40
const SPREAD_MS = 30 * 86_400_000
const HOSTS = 40
/** Who sees everything; the others see the leads that they host. */
const OPERATORS = 60
const SECONDS = 60
const QUICK_SECONDS = 15
/** A person looks at a screen so long. */
const PAUSE = { fromMs: 5_000, toMs: 15_000 }
/** What goes on meanwhile. */
const EVENTS_PER_SECOND = 2
const MAX_P99_MS = 100
const MAX_LIVE_MS = 1_000
/** Lets what the run before began come to its end. */
const READY_WITHIN_MS = 600_000

interface Window {
  readonly people: PeopleFigures
  readonly delays: readonly number[]
  readonly screenDelays: readonly number[]
  readonly cpuMs: number
  readonly memoryMiB: number
  readonly seconds: number
}

/**
 * A hundred people at the dashboard of a system that holds 100,000 events, while more come in. Each goes to another screen
 * every 5 to 15 seconds, reads all that the screen shows at once over the connections of one browser, asks by tag for what
 * was read before, and has one live stream open. What a change makes stale on the screen is read again by the dashboard's
 * own code (`packages/dashboard/src/live`): within a second, gathered, at a moment of its own.
 */
export async function compareUsers(context: BenchContext): Promise<Outcome> {
  const { quick, rounds, say, teardown, folder } = context
  const events = context.sizes?.[0] ?? (quick ? QUICK_EVENTS : EVENTS)
  const place = keptPlace(events)
  const [nats, postgres, redis] = await Promise.all([
    startNats({ dataDir: path.join(place.folder, 'nats'), syncAlways: false }),
    startPostgres({ dataDir: path.join(place.folder, 'postgres') }),
    startRedis({ dataDir: path.join(folder, 'redis') })
  ])
  for (const server of [nats, postgres, redis]) if (server) teardown.add(() => server.stop())
  if (!redis) throw new Error('people sign in through Redis, and there is none for this machine')

  const filler = startWorker<FillRequests>(path.join(import.meta.dirname, '../scale/fill-stories.worker.ts'), teardown)
  const log = { natsUrl: nats.url, masterKey: place.masterKey }
  const betweenMs = Math.round((SPREAD_MS * EVENTS_A_LEAD) / events)
  await filler.call('open', { ...log, parade: { begin: place.begunAt - SPREAD_MS, betweenMs, hosts: HOSTS } })
  if (!place.filled) {
    const filled = await filler.call('fillTo', { events })
    say(`  ${filled.events} events in the log after ${Math.round(filled.milliseconds / 1000)} s; they are kept`)
    place.keep()
  }
  // What comes in during the run are new leads; no event is told twice.
  const first = Math.floor(Date.now() / 1000)
  await filler.call('open', {
    ...log,
    parade: { begin: Date.now() - first * betweenMs, betweenMs, first, hosts: HOSTS }
  })

  const gateway = await startLeadlogProgram({
    service: serviceNamed(services, 'gateway'),
    environment: {
      NATS_URL: nats.url,
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      LEADLOG_MASTER_KEY: place.masterKey,
      LEADLOG_API_KEY: API_KEY,
      NATS_SYNC_ALWAYS: 'false',
      ACCESS_USERS: people().join(',')
    },
    folder,
    teardown
  })
  await level(gateway.url)
  const present = await signIn(log, { redisUrl: redis.url, databaseUrl: postgres.url })
  say(`  ${present.length} people are signed in, ${present.filter(({ operator }) => operator).length} see everything`)
  const bareWorker = startWorker<BareRequests>(path.join(import.meta.dirname, 'bare.worker.ts'), teardown)
  const bare = await bareWorker.call('open', { databaseUrl: postgres.url })
  const crowd = startWorker<PeopleRequests>(path.join(import.meta.dirname, 'people.worker.ts'), teardown)

  const windows: Window[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const seconds = quick || round === 0 ? QUICK_SECONDS : SECONDS
    const before = cpuSeconds(gateway.pid)
    await filler.call('beginPace', { eventsPerSecond: EVENTS_PER_SECOND })
    const request = { gateway: gateway.url, bare: bare.url, people: present, seconds, pause: PAUSE }
    const figures = await crowd.call('run', request)
    const moments = (await filler.call('endPace', {})).filter(({ at }) => at >= figures.from)
    const window = {
      people: figures,
      delays: liveDelays(moments, figures.live),
      screenDelays: screenDelays(moments, figures.onScreen),
      cpuMs: (cpuSeconds(gateway.pid) - before) * 1000,
      memoryMiB: residentMiB(gateway.pid) ?? NaN,
      seconds
    }
    say(`  ${round === 0 ? 'warm-up' : `round ${round}`}  ${describe(window)}`)
    if (round > 0) windows.push(window)
  }
  return outcome(windows, events, [await natsVersion(nats.url), await postgresVersion(postgres.url)].join(', '))
}

const API_KEY = 'users-of-the-bench'

function people(): string[] {
  const operators = Array.from({ length: OPERATORS }, (_, number) => `manager:operator-${number}@own.example`)
  return [...operators, ...Array.from({ length: HOSTS }, (_, number) => `user:${hostOf(number)}`)]
}

/** The data set stays on the disk: it takes minutes to fill. It is made anew where what it is made of has changed. */
function keptPlace(events: number) {
  const folder = path.join(ROOT, '.cache', 'bench', 'users')
  const file = path.join(folder, 'kept.json')
  const made = { events, hosts: HOSTS, spread: SPREAD_MS, version: 1 }
  const kept = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { made: unknown; masterKey: string; begunAt: number })
    : null
  const filled = kept !== null && JSON.stringify(kept.made) === JSON.stringify(made)
  if (!filled) rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  const masterKey = filled ? kept.masterKey : randomBytes(32).toString('base64')
  const begunAt = filled ? kept.begunAt : Date.now()
  return {
    folder,
    filled,
    masterKey,
    begunAt,
    keep: () => writeFileSync(file, JSON.stringify({ made, masterKey, begunAt }), { mode: 0o600 })
  }
}

/** Returns when every read model of the gateway stands at the end of its streams. */
async function level(gateway: string): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS
  for (;;) {
    const { data } = (await get(gateway, '/v1/projections')) as { data: { lagEvents: number; state: string }[] }
    if (data.every(({ lagEvents, state }) => lagEvents === 0 && state === 'running')) return
    if (Date.now() > until) throw new Error('the read models of the gateway do not come level')
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

async function get(gateway: string, address: string): Promise<unknown> {
  const answer = await fetch(`${gateway}${address}`, { headers: { authorization: `Bearer ${API_KEY}` } })
  if (!answer.ok) throw new Error(`${address} answered ${answer.status} ${await answer.text()}`)
  return answer.json()
}

/** A session for each, and rows that they can see. */
async function signIn(
  log: Parameters<typeof openBenchLog>[0],
  { redisUrl, databaseUrl }: { redisUrl: string; databaseUrl: string }
): Promise<Person[]> {
  const { log: opened, keyring } = await openBenchLog(log)
  const addresses = people().map((text) => text.split(':') as [string, string])
  const cookies = await openSessions(
    redisUrl,
    addresses.map(([, email]) => keyring.personId(email))
  )
  keyring.close()
  await opened.close()
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  const ids = async (sql: string, values: unknown[] = []): Promise<string[]> =>
    (await pool.query<{ id: string }>(sql, values)).rows.map(({ id }) => id)
  const received = await ids('select id from gateway.received_events order by received_at desc limit 500')
  const words = ['example', 'ada', 'company-12', 'exmple12', '0170 12', 'demo', 'company-99 example1']
  try {
    const present: Person[] = []
    for (const [number, [role, email]] of addresses.entries()) {
      const operator = role === 'manager'
      const mine = operator
        ? ''
        : 'and person_id in (select id from gateway.lead_owners where owners @> array[$1::text])'
      const values = operator ? [] : [email]
      const rows = {
        lead: await ids(
          `select id from gateway.leads where captured ${mine} order by last_activity_at desc limit 200`,
          values
        ),
        meeting: await ids(
          `select id from gateway.meetings where merged_into is null ${mine} order by sort_at desc limit 200`,
          values
        ),
        received,
        word: words.map((word) => encodeURIComponent(word))
      }
      present.push({ cookie: cookies[number] ?? '', operator, rows })
    }
    return present
  } finally {
    await pool.end()
  }
}

const allTimes = ({ people }: Window): number[] => Object.values(people.times).flat()
const errorsOf = ({ people }: Window): number => Object.values(people.errors).reduce((sum, count) => sum + count, 0)

function describe(window: Window): string {
  const times = allTimes(window)
  const ms = (of: readonly number[], share: number): string => `${quantile(of, share).toFixed(1)} ms`
  const { besideTimes, bareTimes, notModified, errors } = window.people
  const slowest = Object.entries(window.people.times)
    .map(([route, of]) => ({ route, p99: quantile(of, 0.99), p50: quantile(of, 0.5), count: of.length }))
    .toSorted((a, b) => b.p99 - a.p99)
    .slice(0, 5)
    .map(({ route, p50, p99, count }) => `${route} ${count}: ${p50.toFixed(0)}/${p99.toFixed(0)}`)
  return [
    `${times.length} reads (${(times.length / window.seconds).toFixed(0)}/s, ${notModified} not modified): p50 ${ms(times, 0.5)}, p99 ${ms(times, 0.99)}`,
    `live p50 ${ms(window.delays, 0.5)}, p99 ${ms(window.delays, 0.99)} (${window.delays.length})`,
    `on the screen p50 ${ms(window.screenDelays, 0.5)}, p99 ${ms(window.screenDelays, 0.99)} (${window.screenDelays.length})`,
    `list beside bare p50 ${ms(besideTimes, 0.5)} and ${ms(bareTimes, 0.5)}`,
    `gateway ${(window.cpuMs / window.people.reads).toFixed(2)} ms of processor a read, ${Math.round(window.memoryMiB)} MiB; people ${(window.people.processorMs / window.people.reads).toFixed(2)} ms`,
    `errors ${JSON.stringify(errors)}`,
    slowest.join(', ')
  ].join('; ')
}

function outcome(windows: readonly Window[], events: number, servers: string): Outcome {
  const figure = (name: string, unit: Figure['unit'], of: (window: Window) => number, atMost?: number): Figure => ({
    name,
    unit,
    samples: windows.map(of),
    ...(atMost === undefined ? {} : { atMost })
  })
  const routes = [...new Set(windows.flatMap(({ people }) => Object.keys(people.times)))].toSorted()
  const ofRoute = (route: string, share: number) => (window: Window) =>
    quantile(window.people.times[route] ?? [], share)
  const beside = (share: number): Ratio => ({
    name: `the list of leads, gateway ÷ bare Fastify and pg: ${share === 0.5 ? 'p50' : 'p99'}`,
    samples: windows.map(({ people }) => quantile(people.besideTimes, share) / quantile(people.bareTimes, share))
  })
  return {
    name: 'users',
    title: 'A hundred people at the dashboard',
    settings: {
      data: `${events} events over 30 days, folded by the gateway's own read models`,
      people: `${OPERATORS} who see everything and ${HOSTS} who see their own leads, each with an open live stream and a tab in sight; ${PAUSE.fromMs / 1000} to ${PAUSE.toMs / 1000} s at a screen`,
      reads:
        'those of the screens of the dashboard, with the tags that a browser sends; what changed is read again as the dashboard does',
      'what goes on': `${EVENTS_PER_SECOND} events a second`,
      'comparison beside':
        'the same 100 leads by a bare Fastify route over pg, in turn with the gateway, while all others look',
      servers
    },
    figures: [
      figure('all reads: p50', 'ms', (window) => quantile(allTimes(window), 0.5)),
      figure('all reads: p99', 'ms', (window) => quantile(allTimes(window), 0.99), MAX_P99_MS),
      figure('reads', 'reads/s', (window) => allTimes(window).length / window.seconds),
      figure(
        'answers that were not sent again',
        '%',
        (window) => (window.people.notModified / allTimes(window).length) * 100
      ),
      ...routes.flatMap((route) => [
        figure(`${route}: p50`, 'ms', ofRoute(route, 0.5)),
        figure(`${route}: p99`, 'ms', ofRoute(route, 0.99))
      ]),
      figure('from an event to the live stream: p50', 'ms', ({ delays }) => quantile(delays, 0.5)),
      figure('from an event to the live stream: p99', 'ms', ({ delays }) => quantile(delays, 0.99)),
      figure('from an event to the screen that shows it: p50', 'ms', (window) => quantile(window.screenDelays, 0.5)),
      figure(
        'from an event to the screen that shows it: p99',
        'ms',
        (window) => quantile(window.screenDelays, 0.99),
        MAX_LIVE_MS
      ),
      figure('processor time of the gateway for one read', 'ms', ({ cpuMs, people }) => cpuMs / people.reads),
      figure('memory of the gateway', 'MiB', ({ memoryMiB }) => memoryMiB)
    ],
    ratios: [beside(0.5), beside(0.99)],
    checks: [noErrors(windows), everybodyHeard(windows)]
  }
}

function noErrors(windows: readonly Window[]): Check {
  const count = windows.reduce((sum, window) => sum + errorsOf(window), 0)
  const detail = JSON.stringify(windows.map(({ people }) => people.errors))
  return { name: 'every read is answered', ok: count === 0, detail }
}

function everybodyHeard(windows: readonly Window[]): Check {
  const silent = windows.flatMap(({ people }) => people.live).filter((seen) => seen.length === 0).length
  return { name: 'every live stream tells of what comes in', ok: silent === 0, detail: `${silent} were silent` }
}
