import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { services } from '@leadlog/local/services'
import { connect } from '@nats-io/transport-node'
import type { BenchContext } from '../core/bench-context.ts'
import type { Check, Figure, Outcome } from '../core/outcome.ts'
import { interleave } from '../core/rounds.ts'
import { quantile } from '../core/statistics.ts'
import { startWholeSystem } from '../core/whole-system.ts'
import { startWorker } from '../core/worker.ts'
import { liftCredits } from './crm-writes.ts'
import { runFlowWindow, urlOf, type FlowWindow } from './flow-window.ts'
import { latencyFigures } from './latency-figures.ts'
import { memoryNow } from './memory-samples.ts'
import type { PacedRequests } from './paced.worker.ts'
import { followGateway } from './visibility.ts'

/** The rate that is asked for, and one at which nothing waits. */
const RATES = [100, 10] as const
const SECONDS = 20
const QUICK_SECONDS = 5
/** After the start, until the programs' memory has come to rest. */
const IDLE_MS = 15_000
const QUICK_IDLE_MS = 3_000

/** How long a webhook takes through the whole system, and what memory the services need meanwhile. */
export async function compareFlow(context: BenchContext): Promise<Outcome> {
  const { folder, quick, rounds, say, teardown } = context
  const system = await startWholeSystem(folder, context.stopping)
  teardown.add(() => system.stop())
  await liftCredits(urlOf(system, 'simulators'))
  const names = [...services.map(({ name }) => name), 'nats', 'postgres', 'redis', 'simulators']
  await delay(quick ? QUICK_IDLE_MS : IDLE_MS)
  const idle = memoryNow(names, (name) => system.pid(name))

  const sender = startWorker<PacedRequests>(path.join(import.meta.dirname, 'paced.worker.ts'), teardown)
  const visibility = await followGateway(urlOf(system, 'gateway'), system.apiKey)
  teardown.add(() => visibility.close())
  const connection = await connect({ servers: urlOf(system, 'nats') })
  teardown.add(() => connection.close())
  const place = { system, sender, visibility, connection, names }
  const runs = RATES.map((perSecond) => ({ perSecond, windows: [] as FlowWindow[] }))
  const seconds = quick ? QUICK_SECONDS : SECONDS

  await interleave(runs, rounds, async ({ perSecond, windows }, round) => {
    const seed = `flow ${perSecond} ${round} ${Date.now()}`
    const window = await runFlowWindow(place, { perSecond, seconds, seed })
    if (round > 0) windows.push(window)
    say(`  ${round === 0 ? 'warm-up' : `round ${round}`}  ${perSecond}/s: ${describe(window)}`)
  })

  return {
    name: 'flow',
    title: 'A webhook through the whole system',
    settings: {
      load: `${RATES.join(' and ')} bookings a second of different people, ${seconds} s each, at even intervals`,
      time: 'from the moment a webhook is due to be sent; the sender does not wait for answers',
      system: 'as `npm start` runs it: every service a process, NATS with sync_interval always, simulated vendors',
      limits: 'the budget of the CRM and the rate limit of the gateway are lifted'
    },
    figures: [
      ...runs.flatMap(({ perSecond, windows }) => latencyFigures(perSecond, windows)),
      ...cpuFigures(names, runs[0]?.windows ?? []),
      ...memoryFigures(names, idle, runs[0]?.windows ?? [])
    ],
    ratios: [],
    checks: runs.map(({ perSecond, windows }) => arrivalCheck(perSecond, windows))
  }
}

/** At the higher rate only: at the lower one the looking for the end of the work counts for too much. */
function cpuFigures(names: readonly string[], windows: readonly FlowWindow[]): Figure[] {
  const figure = (what: string, samples: readonly number[]): Figure => ({
    name: `processor time of ${what} for one webhook at ${RATES[0]}/s`,
    unit: 'ms',
    samples
  })
  const each = names.map((name) =>
    figure(
      name,
      windows.map(({ cpuMs }) => cpuMs.get(name) ?? 0)
    )
  )
  return [figure('all programs', windows.map(totalCpuMs)), ...each].filter(({ samples }) =>
    samples.some((sample) => sample > 0)
  )
}

function totalCpuMs({ cpuMs }: FlowWindow): number {
  return [...cpuMs.values()].reduce((sum, value) => sum + value, 0)
}

/** Postgres is left out: its processes share most of what each of them seems to hold. */
function memoryFigures(
  names: readonly string[],
  idle: ReadonlyMap<string, number>,
  windows: readonly FlowWindow[]
): Figure[] {
  return names.flatMap((name): Figure[] => {
    const before = idle.get(name)
    const peaks = windows.flatMap((window) => window.memory.get(name) ?? [])
    if (name === 'postgres' || name === 'simulators' || before === undefined || peaks.length === 0) return []
    return [
      { name: `memory of ${name}, idle`, unit: 'MiB', samples: [before] },
      { name: `memory of ${name}, largest at ${RATES[0]}/s`, unit: 'MiB', samples: peaks }
    ]
  })
}

function arrivalCheck(perSecond: number, windows: readonly FlowWindow[]): Check {
  const problems = windows.flatMap(({ problem }) => problem ?? [])
  const arrived = windows.reduce((sum, { written }) => sum + written.length, 0)
  return {
    name: `every webhook arrives at ${perSecond}/s`,
    ok: problems.length === 0,
    detail: problems.length === 0 ? `${arrived} webhooks` : problems.join('; ')
  }
}

function describe(window: FlowWindow): string {
  const { visible, written, problem } = window
  const ms = (times: readonly number[], share: number): string => `${Math.round(quantile(times, share))} ms`
  return (
    `visible after p50 ${ms(visible, 0.5)}, p99 ${ms(visible, 0.99)}; ` +
    `in the CRM after p50 ${ms(written, 0.5)}, p99 ${ms(written, 0.99)}; processor ${totalCpuMs(window).toFixed(1)} ms each` +
    (problem === null ? '' : `; ${problem}`)
  )
}
