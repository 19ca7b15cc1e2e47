import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import path from 'node:path'
import { Parser, type Result } from 'tap-parser'
import { lastLines } from '../processes/log-tail.ts'
import { heading, outcomeLine } from './print.ts'
import { sum, type Tally } from './tally.ts'
import { kindOf, TEST_KINDS, type TestKind } from './test-files.ts'

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

/** Runs test files with tap; prints a line for each file and every failed assertion; counts assertions by kind of test. */
export async function runTapStep(step: TapStep): Promise<Tally[]> {
  heading('tests')
  const counts = new Map<TestKind, Counted>()
  const broken: Tally = { passed: 0, failed: 0 }
  const code = await runTap(step, watch(counts, broken))
  const tallies = [...counts.values(), broken]
  const { failed } = sum(tallies)
  // A file that broke without a failed assertion still fails the step.
  if (code !== 0 && failed === 0) broken.failed = 1
  if (sum(tallies).failed > 0) showErrors(step.logFile)
  for (const kind of TEST_KINDS) {
    const counted = counts.get(kind)
    if (counted === undefined) continue
    const { passed, failed, files, ms } = counted
    outcomeLine(failed === 0, TITLES[kind], ms, `${String(passed + failed)} assertions in ${String(files)} files`)
  }
  return tallies
}

function watch(counts: Map<TestKind, Counted>, broken: Tally): Parser {
  const parser = new Parser()
  const countedOf = (result: Result): Counted => {
    const [file = ''] = (result.fullname || result.name).split(' > ')
    const kind = kindOf(file.trim())
    const known = counts.get(kind) ?? { passed: 0, failed: 0, files: 0, ms: 0 }
    counts.set(kind, known)
    return known
  }
  parser.on('pass', (result: Result) => countedOf(result).passed++)
  parser.on('fail', (result: Result) => {
    countedOf(result).failed++
    showFailure(result)
  })
  for (const kind of ['skip', 'todo']) {
    // What was not checked has not passed.
    parser.on(kind, (result: Result) => {
      countedOf(result).failed++
      console.log(`FAILED ${result.fullname || result.name}: left out (${kind})`)
    })
  }
  parser.on('bailout', (reason: string) => {
    broken.failed++
    console.log(`FAILED tap gave up: ${reason}`)
  })
  parser.on('assert', (result: Result) => {
    const counted = countedOf(result)
    counted.files++
    counted.ms += result.time ?? 0
    outcomeLine(result.ok, result.name, result.time ?? 0)
  })
  return parser
}

function runTap(step: TapStep, parser: Parser): Promise<number | null> {
  mkdirSync(path.dirname(step.logFile), { recursive: true })
  const log = createWriteStream(step.logFile)
  const args = ['node_modules/tap/dist/esm/run.mjs', '--reporter=tap', `--jobs=${String(step.jobs)}`, ...step.files]
  const child = spawn(process.execPath, args, {
    cwd: step.root,
    env: step.environment,
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const stop = (): void => void child.kill('SIGTERM')
  step.stopped.addEventListener('abort', stop, { once: true })
  child.stdout.on('data', (chunk: Buffer) => parser.write(chunk))
  child.stderr.pipe(log)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      step.stopped.removeEventListener('abort', stop)
      parser.end()
      log.end(() => resolve(code))
    })
  })
}

function showFailure(result: Result): void {
  console.log(`FAILED ${result.fullname} > ${result.name}`)
  const diagnosis = result.diag as Record<string, unknown> | null
  if (diagnosis === null) return
  for (const name of ['diff', 'found', 'wanted', 'compare', 'code', 'exitCode', 'signal', 'stack'] as const) {
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
