import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { services } from '@leadlog/local/services'
import type { LocalSystem } from '@leadlog/local/system'
import type { BenchContext } from '../core/bench-context.ts'
import type { Check, Figure, Outcome } from '../core/outcome.ts'
import { interleave } from '../core/rounds.ts'
import { quantile } from '../core/statistics.ts'
import { startWholeSystem } from '../core/whole-system.ts'
import { startWorker, type Worker } from '../core/worker.ts'
import { firstCrmWrites, liftCredits } from './crm-writes.ts'
import { memoryNow, sampleMemory } from './memory-samples.ts'
import type { PacedRequests, SentWebhook } from './paced.worker.ts'
import { followGateway, isReadable, type Visibility } from './visibility.ts'

/** The rate that is asked for, and one that leaves the machine idle most of the time. */
const RATES = [100, 10]
const SECONDS = 20
const QUICK_SECONDS = 5
/** After the start, until the programs' memory has come to rest. */
const IDLE_MS = 15_000
const QUICK_IDLE_MS = 3_000
/** How long what was sent may take to arrive; beyond it the system does not keep up, and the check says so. */
const ARRIVAL_LIMIT_MS = 180_000
const LOOK_EVERY_MS = 500
/** One event in so many is read at once when the live stream names it, to see that it can be. */
const READ_ONE_IN = 10

interface Window {
  readonly answered: readonly number[]
  readonly visible: readonly number[]
  readonly written: readonly number[]
  readonly memory: ReadonlyMap<string, number>
  readonly missing: string | null
}

/** How long a webhook takes through the whole system, and what memory the services need meanwhile. */
export async function compareFlow(context: BenchContext): Promise<Outcome> {
  const { folder, quick, rounds, say, teardown } = context
  const system = await startWholeSystem(folder)
  teardown.add(() => system.stop())
  await liftCredits(urlOf(system, 'simulators'))
  const names = [...services.map(({ name }) => name), 'nats', 'redis']
  await delay(quick ? QUICK_IDLE_MS : IDLE_MS)
  const idle = memoryNow(names, (name) => system.pid(name))

  const sender = startWorker<PacedRequests>(path.join(import.meta.dirname, 'paced.worker.ts'), teardown)
  const visibility = await followGateway(urlOf(system, 'gateway'), system.apiKey)
  teardown.add(() => visibility.close())
  const runs = RATES.map((perSecond) => ({ perSecond, windows: [] as Window[] }))
  const seconds = quick ? QUICK_SECONDS : SECONDS
  await interleave(runs, rounds, async ({ perSecond, windows }, round) => {
    const window = await measure({ system, sender, visibility, names, perSecond, seconds, round })
    if (round > 0) windows.push(window)
    say(
      `  ${round === 0 ? 'warm-up' : `round ${round}`}  ${perSecond}/s: visible after p50 ${ms(window.visible, 0.5)}, ` +
        `p99 ${ms(window.visible, 0.99)}; in the CRM after p50 ${ms(window.written, 0.5)}, p99 ${ms(window.written, 0.99)}` +
        (window.missing === null ? '' : `; ${window.missing}`)
    )
  })

  const loaded = runs.find(({ perSecond }) => perSecond === RATES[0])?.windows ?? []
  const memory = names.flatMap((name): Figure[] => {
    const before = idle.get(name)
    const peaks = loaded.flatMap((window) => window.memory.get(name) ?? [])
    if (before === undefined || peaks.length === 0) return []
    return [
      { name: `memory of ${name}, idle`, unit: 'MiB', samples: [before] },
      { name: `memory of ${name}, largest at ${RATES[0]}/s`, unit: 'MiB', samples: peaks }
    ]
  })
  return {
    name: 'flow',
    title: 'A webhook through the whole system',
    settings: {
      load: `${RATES.join(' and ')} bookings a second of different people, ${seconds} s each, at even intervals`,
      time: 'from the moment a webhook is due to be sent; the sender does not wait for answers',
      system: 'as `npm start` runs it: every service a process, NATS with sync_interval always, simulated vendors',
      limits: 'budget of the CRM and rate limit of the gateway lifted'
    },
    figures: [...runs.flatMap(({ perSecond, windows }) => latencyFigures(perSecond, windows)), ...memory],
    ratios: [],
    checks: runs.map(({ perSecond, windows }) => arrivalCheck(perSecond, windows))
  }
}

async function measure(options: {
  system: LocalSystem
  sender: Worker<PacedRequests>
  visibility: Visibility
  names: readonly string[]
  perSecond: number
  seconds: number
  round: number
}): Promise<Window> {
  const { system, sender, visibility, perSecond } = options
  const memory = sampleMemory(options.names, (name) => system.pid(name))
  const confirming = confirmReadable(system, visibility)
  const sent = await sender.call('send', {
    ingest: urlOf(system, 'ingest'),
    calendlySigningKey: system.environment['CALENDLY_SIGNING_KEY'] ?? '',
    count: perSecond * options.seconds,
    perSecond,
    seed: `flow ${perSecond} ${options.round} ${Date.now()}`
  })
  const written = await untilArrived(system, visibility, sent)
  const unreadable = await confirming.stop()
  const timesOf = (at: (webhook: SentWebhook) => number | undefined): number[] =>
    sent.flatMap((webhook) => {
      const moment = at(webhook)
      return moment === undefined ? [] : [moment - webhook.dueAt]
    })
  const visible = timesOf(({ eventId }) => visibility.seen.get(eventId))
  const inCrm = timesOf(({ email }) => written.get(email.toLowerCase()))
  const problems = [
    ...(visible.length < sent.length ? [`${sent.length - visible.length} never became visible`] : []),
    ...(inCrm.length < sent.length ? [`${sent.length - inCrm.length} are not in the CRM`] : []),
    ...(unreadable > 0 ? [`${unreadable} were announced before they could be read`] : [])
  ]
  return {
    answered: timesOf(({ answeredAt }) => answeredAt),
    visible,
    written: inCrm,
    memory: memory.stop(),
    missing: problems.length === 0 ? null : problems.join(', ')
  }
}

/** Waits until every webhook is visible and written, or the limit has passed. */
async function untilArrived(
  system: LocalSystem,
  visibility: Visibility,
  sent: readonly SentWebhook[]
): Promise<Map<string, number>> {
  const deadline = performance.now() + ARRIVAL_LIMIT_MS
  for (;;) {
    const written = await firstCrmWrites(urlOf(system, 'simulators'))
    const arrived = sent.every(({ eventId, email }) => visibility.seen.has(eventId) && written.has(email.toLowerCase()))
    if (arrived || performance.now() > deadline) return written
    await delay(LOOK_EVERY_MS)
  }
}

/** Reads some of the events as soon as the live stream names them; gives how many could not be read. */
function confirmReadable(system: LocalSystem, visibility: Visibility): { stop(): Promise<number> } {
  const known = new Set(visibility.seen.keys())
  const answers: Promise<boolean>[] = []
  let count = 0
  const look = (): void => {
    for (const eventId of visibility.seen.keys()) {
      if (known.has(eventId)) continue
      known.add(eventId)
      count += 1
      if (count % READ_ONE_IN === 0) answers.push(isReadable(urlOf(system, 'gateway'), system.apiKey, eventId))
    }
  }
  const timer = setInterval(look, 100)
  return {
    async stop() {
      clearInterval(timer)
      return (await Promise.all(answers)).filter((readable) => !readable).length
    }
  }
}

function latencyFigures(perSecond: number, windows: readonly Window[]): Figure[] {
  const figure = (what: string, times: (window: Window) => readonly number[], share: number): Figure => ({
    name: `${what} at ${perSecond}/s, p${share * 100}`,
    unit: 'ms',
    samples: windows.map((window) => quantile(times(window), share))
  })
  return [0.5, 0.99].flatMap((share) => [
    figure('POST to answer', ({ answered }) => answered, share),
    figure('POST to visible in the gateway', ({ visible }) => visible, share),
    figure('POST to written in the CRM', ({ written }) => written, share)
  ])
}

function arrivalCheck(perSecond: number, windows: readonly Window[]): Check {
  const problems = windows.flatMap(({ missing }) => missing ?? [])
  return {
    name: `every webhook arrives at ${perSecond}/s`,
    ok: problems.length === 0,
    detail:
      problems.length === 0 ? `${windows.reduce((sum, { visible }) => sum + visible.length, 0)}` : problems.join('; ')
  }
}

function urlOf(system: LocalSystem, name: string): string {
  const url = system.urls[name]
  if (url === undefined) throw new Error(`${name} is not part of the system`)
  return url
}

function ms(times: readonly number[], share: number): string {
  return `${Math.round(quantile(times, share))} ms`
}
