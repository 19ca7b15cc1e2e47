import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import path from 'node:path'
import { Parser, type Result } from 'tap-parser'
import { lastLines } from '../processes/log-tail.ts'
import { heading, outcomeLine } from './print.ts'
import type { Tally } from './tally.ts'

/** How much of what the tests wrote to standard error is shown when something failed. */
const SHOWN_LINES = 40

export interface TapStep {
  title: string
  root: string
  files: readonly string[]
  /** Test files at a time. */
  jobs: number
  environment: NodeJS.ProcessEnv
  /** Where the tests' standard error goes. */
  logFile: string
  stopped: AbortSignal
}

/** Runs test files with tap; prints a line for each file and every failed assertion; counts assertions. */
export async function runTapStep(step: TapStep): Promise<Tally> {
  heading(step.title)
  if (step.files.length === 0) return { passed: 0, failed: 0 }
  const began = performance.now()
  const tally: Tally = { passed: 0, failed: 0 }
  const parser = watch(tally)
  const code = await runTap(step, parser)
  // A file that broke without a failed assertion still fails the step.
  if (code !== 0 && tally.failed === 0) tally.failed = 1
  if (tally.failed > 0) showErrors(step.logFile)
  outcomeLine(
    tally.failed === 0,
    step.title,
    performance.now() - began,
    `${String(tally.passed + tally.failed)} assertions`
  )
  return tally
}

function watch(tally: Tally): Parser {
  const parser = new Parser()
  parser.on('pass', () => tally.passed++)
  parser.on('fail', (result: Result) => {
    tally.failed++
    showFailure(result)
  })
  for (const kind of ['skip', 'todo']) {
    // What was not checked has not passed.
    parser.on(kind, (result: Result) => {
      tally.failed++
      console.log(`FAILED ${result.fullname || result.name}: left out (${kind})`)
    })
  }
  parser.on('bailout', (reason: string) => {
    tally.failed++
    console.log(`FAILED tap gave up: ${reason}`)
  })
  parser.on('assert', (result: Result) => outcomeLine(result.ok, result.name, result.time ?? 0))
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
