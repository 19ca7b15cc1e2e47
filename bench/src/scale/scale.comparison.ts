import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { startNats, startPostgres } from '@leadlog/local/servers'
import type { BenchContext } from '../core/bench-context.ts'
import type { Check, Figure, Outcome, Ratio, Unit } from '../core/outcome.ts'
import { cpuSeconds } from '../core/process-figures.ts'
import { natsVersion, postgresVersion } from '../core/server-versions.ts'
import { median, quantile } from '../core/statistics.ts'
import { startWorker, type Worker } from '../core/worker.ts'
import { REBUILD_NODE_ARGS } from '@leadlog/projections/node-args'
import { lagDuringRebuild } from './live-lag.ts'
import type { FillRequests, LiveRequests, RebuildAllRequests, RebuildFigures } from './scale-requests.ts'

const SIZES = [10_000, 100_000, 1_000_000] as const
const QUICK_SIZES = [2_000, 10_000] as const
/** Small logs are rebuilt several times in one process: the first pass compiles, and does not count. */
const PASSES_UP_TO = 300_000

interface SizeFigures {
  readonly events: number
  readonly passes: readonly (RebuildFigures & { readonly serversMs: number })[]
}

const MAX_COST_RATIO = 1.3
const MAX_MEMORY_MIB = 400
const MAX_LAG_MS = 2_000

/** What it costs to build every read model anew, by the size of the log; and what the live ones notice of it. */
export async function compareScale(context: BenchContext): Promise<Outcome> {
  const { folder, quick, rounds, say, teardown } = context
  const sizes = context.sizes ?? (quick ? QUICK_SIZES : SIZES)
  const [nats, postgres] = await Promise.all([
    startNats({ dataDir: path.join(folder, 'nats'), syncAlways: false }),
    startPostgres({ dataDir: path.join(folder, 'postgres') })
  ])
  for (const server of [nats, postgres]) teardown.add(() => server.stop())
  const place = { natsUrl: nats.url, masterKey: randomBytes(32).toString('base64'), databaseUrl: postgres.url }
  const start = async <R extends FillRequests | LiveRequests | RebuildAllRequests>(
    file: string,
    nodeArgs: readonly string[] = []
  ) => {
    const worker = startWorker<R>(path.join(import.meta.dirname, file), teardown, nodeArgs)
    await (worker as Worker<LiveRequests>).call('open', place)
    return worker
  }
  const filler = await start<FillRequests>('fill-stories.worker.ts')
  const live = await start<LiveRequests>('live-models.worker.ts')
  const startRebuilder = () => start<RebuildAllRequests>('rebuild-all.worker.ts', REBUILD_NODE_ARGS)
  const serverMs = (): number => (cpuSeconds(nats.pid) + cpuSeconds(postgres.pid)) * 1000
  const measured: SizeFigures[] = []
  const checks: Check[] = []

  for (const size of sizes) {
    const filled = await filler.call('fillTo', { events: size })
    say(`  ${filled.events} events in the log after ${Math.round(filled.milliseconds / 1000)} s`)
    const expected = await live.call('level', {})
    const rebuilder = await startRebuilder()
    const passes: SizeFigures['passes'][number][] = []
    const counted = Math.max(1, Math.min(rounds, Math.floor(PASSES_UP_TO / size)))
    for (let pass = size > PASSES_UP_TO ? 1 : 0; pass <= counted; pass += 1) {
      const before = serverMs()
      const figures = await rebuilder.call('rebuild', {})
      passes.push({ ...figures, serversMs: serverMs() - before })
      const rate = Math.round((figures.events / figures.milliseconds) * 1000)
      const own = Math.round((figures.processorMs / figures.events) * 1000)
      say(
        `  ${pass === 0 ? 'first' : `pass ${pass}`}  ${rate} events/s, ${own} µs an event, ${Math.round(figures.peakMiB)} MiB`
      )
    }
    const built = await rebuilder.call('checksums', {})
    checks.push({
      name: `at ${shortNumber(size)} events every rebuilt table equals the live one`,
      ok: isDeepStrictEqual(built, expected),
      detail: Object.keys(expected)
        .map((table) => `${table}: ${expected[table] ?? '-'} and ${built[table] ?? '-'}`)
        .join('; ')
    })
    await rebuilder.stop()
    measured.push({ events: filled.events, passes: passes.slice(-counted) })
  }

  const lags = await lagDuringRebuild(filler, live, startRebuilder)
  say(`  lag p99 ${Math.round(quantile(lags, 0.99))} ms, most ${Math.round(Math.max(...lags))} ms`)
  checks.push({
    name: 'everything that came in during a rebuild was applied',
    ok: lags.length > 0 && lags.every(Number.isFinite),
    detail: `${lags.length} events`
  })
  return outcome(measured, lags, checks, {
    servers: [await natsVersion(nats.url), await postgresVersion(postgres.url)].join(', ')
  })
}

function outcome(
  measured: readonly SizeFigures[],
  lags: readonly number[],
  checks: readonly Check[],
  settings: Readonly<Record<string, string>>
): Outcome {
  const figure = (
    size: SizeFigures,
    what: string,
    unit: Unit,
    read: (pass: SizeFigures['passes'][number]) => number
  ): Figure => ({ name: `${shortNumber(size.events)} events: ${what}`, unit, samples: size.passes.map(read) })
  const cost = (size: SizeFigures): Figure =>
    figure(size, 'processor an event, rebuilding process and servers', 'µs', (pass) => {
      return ((pass.processorMs + pass.serversMs) / pass.events) * 1000
    })
  const own = (size: SizeFigures): Figure =>
    figure(size, 'processor an event, rebuilding process', 'µs', (pass) => (pass.processorMs / pass.events) * 1000)
  const first = measured[0]
  const last = measured.at(-1)
  const against = (name: string, of: (size: SizeFigures) => Figure): Ratio[] =>
    first && last ? [{ name, ...everyPair(of(last), of(first)), atMost: MAX_COST_RATIO }] : []
  return {
    name: 'scale',
    title: 'Every read model built anew, by the size of the log',
    settings: {
      events:
        'webhooks, meetings, leads, readings, CRM writes and failures, interleaved over 500 leads at a time; any lead may come back',
      'read models': 'all of the gateway, built by one process',
      'options of Node': `${REBUILD_NODE_ARGS.join(' ')}, as leadlog projections rebuild has them`,
      ...settings
    },
    figures: [
      ...measured.flatMap((size) => [
        figure(size, 'events a second', 'events/s', (pass) => (pass.events / pass.milliseconds) * 1000),
        own(size),
        cost(size),
        { ...figure(size, 'peak memory', 'MiB', (pass) => pass.peakMiB), atMost: MAX_MEMORY_MIB },
        figure(size, 'heap afterwards', 'MiB', (pass) => pass.heapMiB)
      ]),
      { name: 'live lag during the largest rebuild: p50', unit: 'ms', samples: [quantile(lags, 0.5)] },
      { name: 'live lag during the largest rebuild: p99', unit: 'ms', samples: [quantile(lags, 0.99)] },
      {
        name: 'live lag during the largest rebuild: most',
        unit: 'ms',
        samples: [Math.max(...lags)],
        atMost: MAX_LAG_MS
      }
    ],
    ratios: [
      ...against('processor an event, largest log ÷ smallest', cost),
      ...against('rebuilding process alone, largest log ÷ smallest', own)
    ],
    checks: [...checks]
  }
}

/** Passes of the two are not pairs, so each is held against the middle of the other. */
function everyPair(over: Figure, under: Figure): { readonly samples: readonly number[] } {
  return { samples: over.samples.map((sample) => sample / median(under.samples)) }
}

/** 10 k, 1 M. */
function shortNumber(events: number): string {
  const [divisor, unit] = events >= 950_000 ? [1_000_000, 'M'] : [1_000, 'k']
  return `${Math.round(events / divisor)} ${unit}`
}
