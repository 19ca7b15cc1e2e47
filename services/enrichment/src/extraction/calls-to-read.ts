import {
  CallAttributed,
  CallRecordingReported,
  CallTranscribed,
  ERASED_TEXT,
  isEvent,
  recordingIdOf,
  type EventOf,
  type RecordedEvent
} from '@leadlog/contracts'
import type { HandlerContext } from '@leadlog/service'
import { customerOfLead } from '../transcription/customer-of-lead.ts'
import { transcriptionRef } from '../transcription/transcription-ref.ts'
import { callToRead, type TranscriptSource } from './transcript-source.ts'

/** What makes calls readable. */
export const callEvents = [CallTranscribed, CallAttributed] as const

export type CallEvent = EventOf<(typeof callEvents)[number]>

/**
 * The sales calls that can be read since an event: the one that was written down, or those of a call whose lead is known by now. Both look at
 * the other's history, so that a transcript and a lead that come at the same moment are seen by one of the two.
 */
export async function callsToRead(
  event: CallEvent,
  context: Pick<HandlerContext, 'load'>
): Promise<readonly TranscriptSource[]> {
  const { callId } = event.data
  const { events: call } = await context.load({ context: 'telephony', aggregate: 'call', id: callId })
  const leadId = leadOf(call, event.data.leadId)
  if (leadId === null) return []
  const transcripts = isEvent(event, CallTranscribed) ? [event] : await transcriptsOf(call, context)
  const now = transcripts.every(({ data }) => data.leadId === leadId) ? null : await customerOfLead(leadId, context)
  return transcripts.flatMap((transcript) => {
    const customer = transcript.data.leadId === leadId ? transcript.data.customer : now
    if (customer === null || customer.email === ERASED_TEXT) return []
    return callToRead(transcript, leadId, customer) ?? []
  })
}

/** Whose call it is by now. */
function leadOf(call: readonly RecordedEvent[], before: string | null): string | null {
  const attributed = call.findLast((event) => isEvent(event, CallAttributed))
  return attributed === undefined ? before : attributed.data.leadId
}

/** The newest transcript of each recording of a call. */
async function transcriptsOf(
  call: readonly RecordedEvent[],
  context: Pick<HandlerContext, 'load'>
): Promise<readonly EventOf<typeof CallTranscribed>[]> {
  const sids = call.flatMap((event) => (isEvent(event, CallRecordingReported) ? [event.data.recordingSid] : []))
  const histories = await Promise.all(
    [...new Set(sids)].map((sid) => context.load(transcriptionRef(recordingIdOf(sid))))
  )
  return histories.flatMap(({ events }) => events.findLast((event) => isEvent(event, CallTranscribed)) ?? [])
}
