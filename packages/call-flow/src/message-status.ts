import type { SmsStatus } from '@leadlog/contracts'
import { smsStatuses } from '@leadlog/contracts/telephony/message'

/** What is known of how far a message is. */
export interface SmsReport {
  readonly status: SmsStatus
  readonly errorCode: string | null
  readonly reportedAt: string
}

/** Of two reports the one that stands, whichever came first: any order of callbacks ends alike. */
export function furtherStatus(a: SmsReport | null, b: SmsReport): SmsReport {
  if (a === null) return b
  const further =
    smsStatuses.indexOf(a.status) - smsStatuses.indexOf(b.status) ||
    (a.errorCode ?? '').localeCompare(b.errorCode ?? '', 'en') ||
    Date.parse(b.reportedAt) - Date.parse(a.reportedAt)
  return further >= 0 ? a : b
}
