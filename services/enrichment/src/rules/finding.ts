/** A value that a rule found, the words that support it, and how well they do. */
export interface Finding {
  readonly value: string
  /** Occurs in the source text. */
  readonly quote: string
  /** From 0 to 1. */
  readonly support: number
}

/** The answer to a question about it. */
export const DIRECT = 0.95

/** Said in words that leave little doubt, somewhere else. */
export const STATED = 0.75

/** Follows from something else that was said: the company from the domain, the country from the time zone. */
export const INFERRED = 0.5

/** The best supported finding, of equals the first. */
export function strongest(findings: readonly Finding[]): Finding | null {
  return findings.reduce<Finding | null>((best, next) => (best && best.support >= next.support ? best : next), null)
}

/** The findings without those that say the same again, best supported first, of equals in their order. */
export function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>()
  return [...findings]
    .sort((a, b) => b.support - a.support)
    .filter(({ value }) => {
      const key = value
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim()
      if (key === '' || seen.has(key)) return false
      seen.add(key)
      return true
    })
}
