import type { CallStatus } from '@leadlog/contracts'
import { callStatuses } from '@leadlog/contracts/telephony/call'

/** What is known of how far a call is. */
export interface StatusReport {
  readonly status: CallStatus
  readonly sequence: number | null
  readonly durationSeconds: number | null
  readonly reportedAt: string
}

const ENDS: ReadonlySet<CallStatus> = new Set(['busy', 'no-answer', 'canceled', 'failed', 'completed'])

export function isEnd(status: CallStatus): boolean {
  return ENDS.has(status)
}

/**
 * Of two reports the one that stands: the further status, of equally far ones the one that Twilio counted higher. It does
 * not matter which came first, so that any order of reports ends alike, and an end is never taken back.
 */
export function furtherReport(a: StatusReport | null, b: StatusReport): StatusReport {
  if (a === null) return b
  return compare(a, b) >= 0 ? a : b
}

function compare(a: StatusReport, b: StatusReport): number {
  return (
    rank(a.status) - rank(b.status) ||
    (a.sequence ?? -1) - (b.sequence ?? -1) ||
    callStatuses.indexOf(a.status) - callStatuses.indexOf(b.status) ||
    (a.durationSeconds ?? -1) - (b.durationSeconds ?? -1) ||
    Date.parse(a.reportedAt) - Date.parse(b.reportedAt)
  )
}

/** All ends are equally far. */
function rank(status: CallStatus): number {
  return isEnd(status) ? callStatuses.length : callStatuses.indexOf(status)
}
