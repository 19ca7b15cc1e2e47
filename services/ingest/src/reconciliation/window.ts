import { PermanentError } from '@leadlog/contracts'
import type { Window } from './pulled-item.ts'

const DAY_MS = 86_400_000

/** Kept away from the end of INGEST's retention: what is forgotten there would be taken for lost. */
const RETENTION_MARGIN_MS = DAY_MS

/** What is asked for, and what bounds it. */
export interface WindowRequest {
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  readonly now: Date
  /** Length where no start is given. */
  readonly defaultMs: number
  readonly graceMs: number
  /** How long INGEST remembers webhooks. */
  readonly rememberedMs: number
}

/**
 * The time to compare. Its end is at least the grace before now, so that what is still on its way is not pulled.
 *
 * @throws PermanentError INGEST_RECONCILIATION_WINDOW
 */
export function reconciliationWindow({ now, defaultMs, graceMs, rememberedMs, ...asked }: WindowRequest): Window {
  const latest = now.getTime() - graceMs
  const to = Math.min(asked.to?.getTime() ?? latest, latest)
  const from = asked.from?.getTime() ?? to - defaultMs
  if (!(from < to)) {
    throw invalid(`"from" must be before "to", and at least ${Math.round(graceMs / 60_000)} minutes before now`)
  }
  const earliest = now.getTime() - rememberedMs + RETENTION_MARGIN_MS
  if (from < earliest) {
    throw invalid(
      `"from" must be after ${new Date(earliest).toISOString()}: webhooks of before are forgotten (IDEMPOTENCY_TTL_SECONDS) and would be taken for lost`
    )
  }
  return { from: new Date(from), to: new Date(to) }
}

export function isWithin({ from, to }: Window, at: string): boolean {
  const time = Date.parse(at)
  return time >= from.getTime() && time < to.getTime()
}

function invalid(message: string): PermanentError {
  return new PermanentError('INGEST_RECONCILIATION_WINDOW', message)
}
