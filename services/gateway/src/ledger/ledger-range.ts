import { HttpProblem } from '@leadlog/service'
import type { LedgerRange } from './ledger.queries.ts'

const DAY_MS = 86_400_000
/** A week, today included: what somebody looks at who gives no range. */
const DEFAULT_DAYS = 7
/** A quarter; the books of more are a matter for an export. */
const MAX_DAYS = 92

/** The range that is asked for; by default the last seven UTC days. @throws HttpProblem 400 for one that cannot be */
export function ledgerRange(from: string | undefined, to: string | undefined, now: Date): LedgerRange {
  const tomorrow = Math.floor(now.getTime() / DAY_MS) * DAY_MS + DAY_MS
  const end = to === undefined ? Math.max(tomorrow, from === undefined ? 0 : Date.parse(from) + 1) : Date.parse(to)
  const start = from === undefined ? end - DEFAULT_DAYS * DAY_MS : Date.parse(from)
  if (start >= end) throw new HttpProblem(400, 'LEDGER_RANGE_EMPTY', '"from" must be before "to"')
  if (end - start > MAX_DAYS * DAY_MS) {
    throw new HttpProblem(400, 'LEDGER_RANGE_TOO_LONG', `Ask for at most ${MAX_DAYS} days at once`)
  }
  return { from: new Date(start).toISOString(), to: new Date(end).toISOString() }
}
