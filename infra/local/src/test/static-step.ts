import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { StepName } from './options.ts'
import { heading, outcomeLine } from './print.ts'
import type { Tally } from './tally.ts'

interface StaticStep {
  name: StepName
  title: string
  /** From the repository's root; the program is a JavaScript or TypeScript file for Node. */
  args: readonly string[]
}

const STEPS: readonly StaticStep[] = [
  {
    name: 'lint',
    title: 'ESLint, with types',
    args: [
      'node_modules/eslint/bin/eslint.js',
      '.',
      '--max-warnings',
      '0',
      '--cache',
      '--cache-location',
      'node_modules/.cache/eslint/'
    ]
  },
  {
    name: 'format',
    title: 'Prettier',
    args: ['node_modules/prettier/bin/prettier.cjs', '--check', '.', '--cache', '--log-level', 'warn']
  },
  { name: 'types', title: 'TypeScript', args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'] },
  {
    name: 'types',
    title: 'TypeScript of the dashboard',
    args: ['node_modules/typescript/bin/tsc', '-p', 'packages/dashboard/tsconfig.json']
  },
  {
    name: 'types',
    title: 'TypeScript of the panel for Zoom',
    args: ['node_modules/typescript/bin/tsc', '-p', 'packages/zoom-panel/tsconfig.json']
  },
  { name: 'dashboard', title: 'dashboard, built and weighed', args: ['packages/dashboard/src/build/main.ts'] },
  { name: 'dashboard', title: 'panel for Zoom, built and weighed', args: ['packages/zoom-panel/src/build/main.ts'] },
  { name: 'docs', title: 'generated documents', args: ['infra/docs/generate.ts', '--check'] }
]

/** Runs the checks that need no server, one after the other, since each keeps one core busy; each counts as one. */
export async function runStaticSteps(
  root: string,
  chosen: readonly StepName[],
  stopped: AbortSignal
): Promise<Tally[]> {
  const steps = STEPS.filter((step) => chosen.includes(step.name) && existsSync(path.join(root, step.args[0] ?? '')))
  if (steps.length === 0) return []
  heading('static checks')
  const tallies: Tally[] = []
  for (const step of steps) {
    if (stopped.aborted) break
    tallies.push(await runStep(root, step, stopped))
  }
  return tallies
}

/** What a step that weighs something found. */
function lastLineOf(step: StaticStep, output: string): string {
  return step.name === 'dashboard' ? (output.trimEnd().split('\n').at(-1) ?? '') : ''
}

async function runStep(root: string, step: StaticStep, signal: AbortSignal): Promise<Tally> {
  const began = performance.now()
  const child = spawn(process.execPath, step.args, { cwd: root, signal, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ok = await new Promise<boolean>((resolve) => {
    child.on('error', () => resolve(false))
    child.on('close', (code) => resolve(code === 0))
  })
  outcomeLine(ok, step.title, performance.now() - began, ok ? lastLineOf(step, output) : '')
  if (!ok) console.log(output.trimEnd())
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}
