import { parseArgs } from 'node:util'

export const COMPARISONS = ['ingest', 'rebuild', 'scale', 'flow', 'calls', 'users', 'start'] as const
export type ComparisonName = (typeof COMPARISONS)[number]

export interface BenchOptions {
  readonly only: readonly ComparisonName[]
  readonly rounds: number
  readonly quick: boolean
  /** Events in the log, in rising order; undefined for a comparison's own sizes. */
  readonly sizes: readonly number[] | undefined
}

const DEFAULT_ROUNDS = 5
const QUICK_ROUNDS = 1

export const USAGE = `usage: pnpm bench [options]     (or: node infra/local/run.mjs exec bench/run.ts [options])
  --only a,b    only these: ${COMPARISONS.join(', ')}
  --rounds n    measured rounds of each comparison; ${DEFAULT_ROUNDS} by default
  --sizes a,b   events in the log for scale, in rising order; 10000,100000,1000000 by default
  --quick       a short run that shows that everything works; its figures are not kept
  --help`

/** @throws Error that says what is wrong */
export function parseOptions(args: readonly string[]): BenchOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      rounds: { type: 'string' },
      sizes: { type: 'string' },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help) return 'help'
  const only = values.only?.split(',').map((name) => name.trim()) ?? COMPARISONS
  const unknown = only.filter((name) => !isComparison(name))
  if (unknown.length > 0)
    throw new Error(`there is no comparison ${unknown.join(', ')}; there are ${COMPARISONS.join(', ')}`)
  const rounds = Number(values.rounds ?? (values.quick ? QUICK_ROUNDS : DEFAULT_ROUNDS))
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number from 1')
  const sizes = values.sizes?.split(',').map(Number)
  if (sizes?.some((size, place) => !Number.isInteger(size) || size <= (sizes[place - 1] ?? 0)))
    throw new Error('--sizes must be whole numbers in rising order')
  return { only: only.filter(isComparison), rounds, quick: values.quick, sizes }
}

function isComparison(name: string): name is ComparisonName {
  return COMPARISONS.some((known) => known === name)
}
