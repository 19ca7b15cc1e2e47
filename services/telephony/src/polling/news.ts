import { furtherReport, furtherStatus, type SmsReport } from '@leadlog/call-flow'
import {
  CallEnded,
  CallPlaced,
  CallReceived,
  CallStatusReported,
  isEvent,
  newEvent,
  type CallDirection,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import { callOf, ownerOf, type Call } from '../call/call.ts'
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

/** What follows where Twilio has no such call: it failed, as of when it was last heard of, whoever asked and when. Pure. */
export function goneNews(history: readonly RecordedEvent[], callId: string, callSid: string): readonly NewEvent[] {
  const call = callOf(history)
  const [owner, parties, last] = [ownerOf(call), partiesOf(history), history.at(-1)]
  if (call.ended !== null || owner === null || parties === null || last === undefined) return []
  const { direction } = parties
  const common = {
    callId,
    personId: owner.personId,
    leadId: owner.leadId,
    status: 'failed',
    durationSeconds: null
  } as const
  return [
    newEvent(CallStatusReported, callId, { ...common, ...parties, callSid, sequence: null, reportedAt: last.time }),
    newEvent(CallEnded, callId, { ...common, direction, endedAt: last.time, reason: 'unknown-at-twilio' })
  ]
}

interface Parties {
  readonly direction: CallDirection
  readonly number: string
  readonly ours: string
}

function partiesOf(history: readonly RecordedEvent[]): Parties | null {
  for (const event of history) {
    if (isEvent(event, CallPlaced)) return { direction: 'outbound', number: event.data.to ?? '', ours: event.data.from }
    if (isEvent(event, CallReceived))
      return { direction: 'inbound', number: event.data.from ?? '', ours: event.data.to }
    if (isEvent(event, CallStatusReported)) {
      const { direction, number, ours } = event.data
      return { direction, number, ours }
    }
  }
  return null
}

/** Whether asking about a message told more than is known of it. Pure. */
export function messageNews({ report }: Message, asked: Pick<SmsReport, 'status' | 'errorCode'>): boolean {
  if (report === null) return true
  const further = furtherStatus(report, { ...asked, reportedAt: report.reportedAt })
  return further.status !== report.status || further.errorCode !== report.errorCode
}
