import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { BenchContext } from './src/core/bench-context.ts'
import { ROOT } from './src/core/leadlog-program.ts'
import { describeMachine } from './src/core/machine.ts'
import type { Outcome } from './src/core/outcome.ts'
import { createTeardown } from './src/core/teardown.ts'
import { compareCalls } from './src/calls/calls.comparison.ts'
import { compareFlow } from './src/flow/flow.comparison.ts'
import { compareIngest } from './src/ingest/ingest.comparison.ts'
import { compareScale } from './src/scale/scale.comparison.ts'
import { compareUsers } from './src/users/users.comparison.ts'
import { compareStart } from './src/start/start.comparison.ts'
import { parseOptions, USAGE, type BenchOptions, type ComparisonName } from './src/options.ts'
import { compareRebuild } from './src/rebuild/rebuild.comparison.ts'
import { writeFigures } from './src/report/readme-figures.ts'
import { keepOutcomes, type KeptOutcome } from './src/report/results-file.ts'
import { formatTable, rowsOf } from './src/report/table.ts'

const comparisons: Readonly<Record<ComparisonName, (context: BenchContext) => Promise<Outcome>>> = {
  ingest: compareIngest,
  rebuild: compareRebuild,
  scale: compareScale,
  flow: compareFlow,
  calls: compareCalls,
  users: compareUsers,
  start: compareStart
}

/** How long a comparison that was interrupted may take to notice that its servers are gone. */
const NOTICE_LIMIT_MS = 20_000
const EXIT_INTERRUPTED = 130

const teardown = createTeardown()
const options = readOptions()
const folder = makeFolder()
const stopping = new AbortController()
const running = run(options)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void interrupt())
try {
  process.exitCode = await running
} catch (error) {
  if (stopping.signal.aborted) await new Promise(() => undefined)
  console.error(error)
  process.exitCode = 1
}
await end()

async function interrupt(): Promise<void> {
  if (stopping.signal.aborted) return
  stopping.abort()
  await teardown.run()
  await Promise.race([running.catch(() => undefined), delay(NOTICE_LIMIT_MS)])
  await end()
  process.exit(EXIT_INTERRUPTED)
}

async function run({ only, rounds, quick, sizes }: BenchOptions): Promise<number> {
  const say = (text: string): void => console.log(text)
  const machine = describeMachine(folder)
  say(
    `${machine.cpu}, ${machine.cores} cores, ${machine.system}, Node ${machine.node}, fsync ${machine.fsyncMs.p50} ms`
  )
  const outcomes: KeptOutcome[] = []
  for (const name of only) {
    say(`\n${name}`)
    const own = path.join(folder, name)
    mkdirSync(own, { mode: 0o711 })
    const outcome = await comparisons[name]({
      rounds,
      quick,
      sizes,
      folder: own,
      teardown,
      say,
      stopping: stopping.signal
    })
    outcomes.push({ ...outcome, at: new Date().toISOString(), rounds, machine })
    await teardown.run()
    rmSync(own, { recursive: true, force: true })
  }
  say(`\n${formatTable(rowsOf(outcomes))}`)
  if (!quick) {
    const kept = await keepOutcomes(path.join(import.meta.dirname, 'results.json'), outcomes)
    await writeFigures(path.join(import.meta.dirname, 'README.md'), kept)
    say('written to bench/results.json and bench/README.md')
  }
  const failed = outcomes.flatMap(({ checks }) => checks).filter(({ ok }) => !ok)
  for (const { name, detail } of failed) say(`does not hold: ${name} (${detail})`)
  return failed.length === 0 ? 0 : 1
}

function readOptions(): BenchOptions {
  try {
    const parsed = parseOptions(process.argv.slice(2))
    if (parsed !== 'help') return parsed
    console.log(USAGE)
    process.exit(0)
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
    process.exit(2)
  }
}

/** On the repository's disk: a folder for temporary files may be memory, where syncing costs nothing. */
function makeFolder(): string {
  const parent = path.join(ROOT, '.cache', 'bench')
  mkdirSync(parent, { recursive: true })
  return mkdtempSync(path.join(parent, 'run-'))
}

async function end(): Promise<void> {
  await teardown.run()
  rmSync(folder, { recursive: true, force: true })
}
