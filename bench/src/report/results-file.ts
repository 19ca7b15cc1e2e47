import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { format } from 'prettier'
import type { Machine } from '../core/machine.ts'
import type { Outcome } from '../core/outcome.ts'
import { COMPARISONS } from '../options.ts'

/** One comparison as it is kept, with where and when it ran. */
export interface KeptOutcome extends Outcome {
  readonly at: string
  readonly rounds: number
  readonly machine: Machine
}

const SIGNIFICANT_DIGITS = 4

/** Puts outcomes into the file; comparisons that did not run now keep what an earlier run found. */
export async function keepOutcomes(file: string, outcomes: readonly KeptOutcome[]): Promise<readonly KeptOutcome[]> {
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { comparisons: KeptOutcome[] }) : null
  const fresh = new Map(outcomes.map((outcome) => [outcome.name, outcome]))
  const kept = (before?.comparisons ?? []).map((outcome) => fresh.get(outcome.name) ?? outcome)
  const added = outcomes.filter(({ name }) => !kept.some((outcome) => outcome.name === name))
  const comparisons = [...kept, ...added].sort((a, b) => placeOf(a) - placeOf(b))
  const text = JSON.stringify({ comparisons }, rounded)
  writeFileSync(file, await format(text, { parser: 'json', printWidth: 120 }))
  return comparisons
}

function placeOf({ name }: KeptOutcome): number {
  return COMPARISONS.findIndex((known) => known === name)
}

function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(SIGNIFICANT_DIGITS)) : value
}
