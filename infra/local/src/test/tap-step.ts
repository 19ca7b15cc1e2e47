import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Writable } from 'node:stream'
import { Parser, type Result } from 'tap-parser'
import { lastLines } from '../processes/log-tail.ts'
import { formatDuration, heading, outcomeLine } from './print.ts'
import { sum, type Tally } from './tally.ts'
import { kindOf, TEST_KINDS, type TestKind } from './test-files.ts'

/** A whole-system test takes minutes, on a slow machine many; a hung one ends all the same. */
const FILE_LIMIT_MS = 15 * 60_000
/** tap itself ends a test that hangs and tells where it stands; a process that hangs beyond that is ended from here. */
const GRACE_MS = 30_000

/** How much of what the tests wrote to standard error is shown when something failed. */
const SHOWN_LINES = 40

export interface TapStep {
  root: string
  /** In the order in which they are started. */
  files: readonly string[]
  /** Test files at a time. */
  jobs: number
  environment: NodeJS.ProcessEnv
  /** Where the tests' standard error goes. */
  logFile: string
  stopped: AbortSignal
}

const TITLES: Readonly<Record<TestKind, string>> = {
  unit: 'unit tests',
  integration: 'integration tests',
  e2e: 'end-to-end tests'
}

interface Counted extends Tally {
  files: number
  /** What the files took, one after the other. */
  ms: number
}

/**
 * Runs test files, each a process of its own that tells of its tests in TAP; prints a line for each file and every
 * failed assertion; counts assertions by kind of test. tap's own runner starts files by the alphabet, which leaves the
 * whole systems to the end; here they start in the given order.
 */
export async function runTapStep(step: TapStep): Promise<Tally[]> {
  heading('tests')
  mkdirSync(path.dirname(step.logFile), { recursive: true })
  const log = createWriteStream(step.logFile)
  const counts = new Map<TestKind, Counted>()
  const waiting = [...step.files]
  const worker = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined && !step.stopped.aborted; file = waiting.shift()) {
      const began = performance.now()
      const { passed, failed } = await runFile(step, file, log)
      const ms = performance.now() - began
      outcomeLine(failed === 0, file, ms)
      const known = counts.get(kindOf(file)) ?? { passed: 0, failed: 0, files: 0, ms: 0 }
      const files = known.files + 1
      counts.set(kindOf(file), { ...sum([known, { passed, failed }]), files, ms: known.ms + ms })
    }
  }
  await Promise.all(Array.from({ length: step.jobs }, worker))
  await new Promise<void>((resolve) => void log.end(resolve))
  const tallies = [...counts.values()]
  if (sum(tallies).failed > 0) showErrors(step.logFile)
  for (const kind of TEST_KINDS) {
    const counted = counts.get(kind)
    if (counted === undefined) continue
    const { passed, failed, files, ms } = counted
    outcomeLine(failed === 0, TITLES[kind], ms, `${String(passed + failed)} assertions in ${String(files)} files`)
  }
  return tallies
}

function runFile(step: TapStep, file: string, log: Writable): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0 }
  const parser = watch(file, tally)
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file], {
    cwd: step.root,
    env: { ...step.environment, TAP: '1', TAP_TIMEOUT: String(FILE_LIMIT_MS / 1000) },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const stop = (): void => void child.kill('SIGTERM')
  step.stopped.addEventListener('abort', stop, { once: true })
  const hung = setTimeout(() => {
    console.log(`FAILED ${file} did not end within ${formatDuration(FILE_LIMIT_MS)}`)
    child.kill('SIGKILL')
  }, FILE_LIMIT_MS + GRACE_MS)
  child.stdout.on('data', (chunk: Buffer) => parser.write(chunk))
  child.stderr.pipe(log, { end: false })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      step.stopped.removeEventListener('abort', stop)
      clearTimeout(hung)
      parser.end()
      // A file that broke without a failed assertion, or made none at all, still fails.
      if ((code !== 0 || tally.passed === 0) && tally.failed === 0) {
        tally.failed = 1
        console.log(
          `FAILED ${file} ended with ${signal ?? `code ${String(code)}`} after ${String(tally.passed)} assertions`
        )
      }
      resolve(tally)
    })
  })
}

function watch(file: string, tally: Tally): Parser {
  const parser = new Parser()
  parser.on('pass', () => tally.passed++)
  parser.on('fail', (result: Result) => {
    tally.failed++
    showFailure(file, result)
  })
  for (const kind of ['skip', 'todo']) {
    // What was not checked has not passed.
    parser.on(kind, (result: Result) => {
      tally.failed++
      console.log(`FAILED ${file} > ${result.fullname || result.name}: left out (${kind})`)
    })
  }
  parser.on('bailout', (reason: string) => {
    tally.failed++
    console.log(`FAILED ${file} gave up: ${reason}`)
  })
  return parser
}

function showFailure(file: string, result: Result): void {
  console.log(`FAILED ${file} > ${result.fullname || result.name}`)
  const diagnosis = result.diag as Record<string, unknown> | null
  if (diagnosis === null) return
  for (const name of [
    'diff',
    'found',
    'wanted',
    'compare',
    'code',
    'exitCode',
    'signal',
    'reasons',
    'stack'
  ] as const) {
    const value = diagnosis[name]
    if (value === undefined || value === null) continue
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    console.log(`       ${name}: ${text.trimEnd().replaceAll('\n', '\n         ')}`)
  }
}

function showErrors(logFile: string): void {
  const lines = lastLines(logFile, SHOWN_LINES)
  if (lines.length === 0) return
  console.log(`       the end of what the tests wrote to standard error (all of it: ${logFile}):`)
  for (const line of lines) console.log(`       ${line}`)
}
