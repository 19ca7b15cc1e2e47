/** How many checks a step made. */
export interface Tally {
  passed: number
  failed: number
}

export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce<Tally>(
    (total, { passed, failed }) => ({ passed: total.passed + passed, failed: total.failed + failed }),
    { passed: 0, failed: 0 }
  )
}

/** The last line of `npm test`. */
export function formatTally({ passed, failed }: Tally): string {
  return `${String(passed)} passed, ${String(failed)} failed`
}
