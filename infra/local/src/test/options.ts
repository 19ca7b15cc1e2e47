import { parseArgs } from 'node:util'
import { LocalSetupError } from '../errors.ts'

export const stepNames = ['format', 'lint', 'types', 'dashboard', 'docs', 'unit', 'integration', 'e2e'] as const

export type StepName = (typeof stepNames)[number]

export interface TestOptions {
  steps: readonly StepName[]
  /** Only test files whose path contains one of these; empty means all. */
  files: readonly string[]
}

export const TEST_USAGE = `usage: npm test -- [--only step,step] [part of a test file's path …]
  steps: ${stepNames.join(', ')}`

/** @throws LocalSetupError that shows the usage */
export function parseTestOptions(args: readonly string[]): TestOptions | 'help' {
  const { values, positionals } = parse(args)
  if (values.help === true) return 'help'
  const chosen = values.only?.split(',') ?? (positionals.length > 0 ? ['unit', 'integration', 'e2e'] : stepNames)
  const unknown = chosen.filter((name) => !isStep(name))
  if (unknown.length > 0) throw usageError(`there is no step ${unknown.join(', ')}`)
  return { steps: stepNames.filter((name) => chosen.includes(name)), files: positionals }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { only: { type: 'string' }, help: { type: 'boolean', short: 'h' } }
    })
  } catch (error) {
    throw usageError(error instanceof Error ? error.message : String(error))
  }
}

function isStep(name: string): name is StepName {
  return stepNames.some((known) => known === name)
}

function usageError(problem: string): LocalSetupError {
  return new LocalSetupError('LOCAL_OPTION_UNKNOWN', `${problem}\n${TEST_USAGE}`)
}
