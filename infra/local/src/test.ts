import path from 'node:path'
import { notice } from './notice.ts'
import { CACHE, ROOT } from './paths.ts'
import { listenForStop } from './start/stop-request.ts'
import { parseTestOptions, TEST_USAGE, type TestOptions } from './test/options.ts'
import { formatDuration } from './test/print.ts'
import { runStaticSteps } from './test/static-step.ts'
import { formatTally, sum, type Tally } from './test/tally.ts'
import { runTapStep } from './test/tap-step.ts'
import { findTestFiles, TEST_KINDS } from './test/test-files.ts'
import { startTestServers } from './test/test-servers.ts'

/**
 * Test files at a time on two cores. Most of a file's time it waits for servers; what computes, and the static checks
 * that run at the same time, take the cores meanwhile.
 */
const JOBS = 4

async function main(): Promise<number> {
  const options = parseTestOptions(process.argv.slice(2))
  if (options === 'help') {
    console.log(TEST_USAGE)
    return 0
  }
  const began = performance.now()
  const { signal } = listenForStop()
  const [checks, tests] = await Promise.all([runStaticSteps(ROOT, options.steps, signal), runTests(options, signal)])
  const total = sum([...checks, ...tests])
  if (signal.aborted) {
    notice('stopped before the end')
    total.failed++
  }
  console.log(`\ntook ${formatDuration(performance.now() - began)}`)
  console.log(formatTally(total))
  return total.failed === 0 ? 0 : 1
}

async function runTests(options: TestOptions, stopped: AbortSignal): Promise<Tally[]> {
  const kinds = TEST_KINDS.filter((kind) => options.steps.includes(kind))
  const files = findTestFiles(ROOT, kinds, options.files)
  if (files.length === 0 || stopped.aborted) return []
  const needServers = kinds.some((kind) => kind !== 'unit')
  const servers = needServers ? await startTestServers(process.env) : undefined
  try {
    return await runTapStep({
      files,
      jobs: JOBS,
      stopped,
      root: ROOT,
      environment: { ...process.env, ...servers?.environment },
      logFile: path.join(CACHE, 'test', 'stderr.log')
    })
  } finally {
    await servers?.stop()
  }
}

try {
  process.exit(await main())
} catch (error) {
  notice(error instanceof Error && error.name === 'LocalSetupError' ? error.message : String((error as Error).stack))
  process.exit(1)
}
