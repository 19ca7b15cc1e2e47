import { furtherReport, furtherStatus, type SmsReport } from '@leadlog/call-flow'
import type { NewEvent } from '@leadlog/contracts'
import type { Call } from '../call/call.ts'
import { reportStatus, type StatusCallback } from '../call/report-status.ts'
import type { Message } from '../sms/message.ts'

/** What follows from asking about a call: as from a callback, and nothing where a callback said as much. Pure. */
export function statusNews(call: Call, asked: StatusCallback): readonly NewEvent[] {
  const further = furtherReport(call.report, asked)
  const { status, durationSeconds } = call.report ?? {}
  if (further.status === status && further.durationSeconds === durationSeconds) return []
  const decided = reportStatus.decide(asked, call)
  return 'refused' in decided ? [] : decided
}

/** Whether asking about a message told more than is known of it. Pure. */
export function messageNews({ report }: Message, asked: Pick<SmsReport, 'status' | 'errorCode'>): boolean {
  if (report === null) return true
  const further = furtherStatus(report, { ...asked, reportedAt: report.reportedAt })
  return further.status !== report.status || further.errorCode !== report.errorCode
}
