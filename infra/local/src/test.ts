import path from 'node:path'
import { notice } from './notice.ts'
import { CACHE, ROOT } from './paths.ts'
import { listenForStop } from './start/stop-request.ts'
import { parseTestOptions, TEST_USAGE, type TestOptions } from './test/options.ts'
import { formatDuration } from './test/print.ts'
import { runStaticSteps } from './test/static-step.ts'
import { formatTally, sum, type Tally } from './test/tally.ts'
import { runTapStep } from './test/tap-step.ts'
import { findTestFiles, type TestKind } from './test/test-files.ts'
import { startTestServers } from './test/test-servers.ts'

/** Test files at a time on two cores: those that wait for servers leave room for a third, and whole systems for a second. */
const KINDS: readonly { kind: TestKind; title: string; jobs: number }[] = [
  { kind: 'unit', title: 'unit tests', jobs: 2 },
  { kind: 'integration', title: 'integration tests', jobs: 3 },
  { kind: 'e2e', title: 'end-to-end tests', jobs: 2 }
]

async function main(): Promise<number> {
  const options = parseTestOptions(process.argv.slice(2))
  if (options === 'help') {
    console.log(TEST_USAGE)
    return 0
  }
  const began = performance.now()
  const { signal } = listenForStop()
  const tallies = [...(await runStaticSteps(ROOT, options.steps, signal)), ...(await runTests(options, signal))]
  const total = sum(tallies)
  if (signal.aborted) {
    notice('stopped before the end')
    total.failed++
  }
  console.log(`\ntook ${formatDuration(performance.now() - began)}`)
  console.log(formatTally(total))
  return total.failed === 0 ? 0 : 1
}

async function runTests(options: TestOptions, stopped: AbortSignal): Promise<Tally[]> {
  const kinds = KINDS.filter(({ kind }) => options.steps.includes(kind))
  const needServers = kinds.some(({ kind }) => kind !== 'unit')
  if (kinds.length === 0 || stopped.aborted) return []
  const servers = needServers ? await startTestServers(process.env) : undefined
  const tallies: Tally[] = []
  try {
    for (const { kind, title, jobs } of kinds) {
      if (stopped.aborted) break
      const step = {
        title,
        jobs,
        stopped,
        root: ROOT,
        files: findTestFiles(ROOT, kind, options.files),
        environment: { ...process.env, ...servers?.environment },
        logFile: path.join(CACHE, 'test', `${kind}.stderr.log`)
      }
      tallies.push(await runTapStep(step))
    }
  } finally {
    await servers?.stop()
  }
  return tallies
}

try {
  process.exit(await main())
} catch (error) {
  notice(error instanceof Error && error.name === 'LocalSetupError' ? error.message : String((error as Error).stack))
  process.exit(1)
}
