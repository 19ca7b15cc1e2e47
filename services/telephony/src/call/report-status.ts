import { CallEnded, CallStatusReported, newEvent, type DataOf, type Decider, type NewEvent } from '@leadlog/contracts'
import { evolveCall, ownerOf, unknownCall, type Call } from './call.ts'
import { furtherReport, isEnd } from '@leadlog/call-flow'

export type StatusCallback = DataOf<typeof CallStatusReported>

/** Takes down a report, whatever its place in the order, and what follows: that the call is over. */
export const reportStatus: Decider<Call, StatusCallback> = {
  initialState: () => unknownCall,
  evolve: evolveCall,
  decide: (callback, call) => {
    // Who it was is settled with the first that is known of the call; a report may know less.
    const { personId, leadId } = ownerOf(call) ?? callback
    const data = { ...callback, personId, leadId }
    const events: NewEvent[] = [newEvent(CallStatusReported, callback.callId, data)]
    const report = furtherReport(call.report, data)
    const { status, durationSeconds, reportedAt } = report
    const last = call.ended
    const isNews = last?.status !== status || last.durationSeconds !== durationSeconds || last.endedAt !== reportedAt
    if (isEnd(status) && isNews) {
      events.push(
        newEvent(CallEnded, callback.callId, {
          callId: callback.callId,
          personId,
          leadId,
          direction: callback.direction,
          status,
          durationSeconds,
          endedAt: reportedAt
        })
      )
    }
    return events
  }
}
