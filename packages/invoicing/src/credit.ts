import type { CreditedLine, InvoiceLine, Refusal } from '@leadlog/contracts'
import { creditTooLarge, nothingToCredit } from './refusals.ts'
import { roundHalfUp } from './exact.ts'

/** How much of each line was credited before, by its number from 1. */
export type CreditedTotals = ReadonlyMap<number, number>

/** What is asked for; null for all that is left. */
export type CreditRequest = readonly { readonly line: number; readonly total: number }[] | null

/**
 * The lines of a credit note. The tax in a part of a line is reckoned on all that was credited of the line until then, half
 * up, less what earlier notes had: so the notes of a line that is credited bit by bit add up to its tax to the last unit.
 */
export function creditLines(
  lines: readonly InvoiceLine[],
  before: CreditedTotals,
  request: CreditRequest
): readonly CreditedLine[] | Refusal {
  const wanted =
    request ??
    lines
      .map(({ total }, index) => ({ line: index + 1, total: total - (before.get(index + 1) ?? 0) }))
      .filter(({ total }) => total > 0)
  if (wanted.length === 0) return nothingToCredit()
  const named = new Set<number>()
  const credited: CreditedLine[] = []
  for (const { line, total } of wanted) {
    const of = lines[line - 1]
    const earlier = before.get(line) ?? 0
    if (of === undefined || named.has(line) || total > of.total - earlier) {
      return creditTooLarge(line, of === undefined || named.has(line) ? 0 : of.total - earlier)
    }
    named.add(line)
    const tax = taxIn(of, earlier + total) - taxIn(of, earlier)
    credited.push({ line, net: total - tax, tax, total })
  }
  return credited
}

/** The tax in so much of a line's total. */
function taxIn({ tax, total }: InvoiceLine, part: number): number {
  return total === 0 ? 0 : Number(roundHalfUp(BigInt(tax) * BigInt(part), BigInt(total)))
}
