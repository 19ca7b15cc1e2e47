import type {
  CallSpeaker,
  CallTranscribed,
  Customer,
  DataOf,
  EventOf,
  MeetingHeld,
  MeetingTranscribed
} from '@leadlog/contracts'
import type { MeetingInput } from '../meddic/meeting-input.ts'

/** What is said and by whom, in one form: the report of a held meeting as it is, or a sales call. */
export interface TranscriptSource {
  readonly data: MeetingInput &
    Pick<DataOf<typeof MeetingHeld>, 'meetingId' | 'personId' | 'sessionId' | 'contentDigest'> & {
      /** Present where it is a call, whose id stands for the meeting's too. */
      readonly callId?: string
      /** Present where another time than the end stands for what is read. */
      readonly observedAt?: string
    }
}

/**
 * What a platform wrote down of a meeting, to be read as a notetaker's report is. Its time is the meeting's start, and that of a report
 * the end: so the report of the same meeting takes its place, whichever comes first.
 */
export function platformTranscript({ data }: EventOf<typeof MeetingTranscribed>): TranscriptSource {
  const { recordingId, startedAt, endedAt, ...rest } = data
  return {
    data: {
      ...rest,
      sessionId: recordingId,
      startedAt,
      endedAt,
      observedAt: startedAt,
      durationMinutes: (Date.parse(endedAt) - Date.parse(startedAt)) / 60_000,
      summary: null,
      actionItems: [],
      keyQuestions: [],
      topics: []
    }
  }
}

/** Names under which we and whoever else speaks stand in the transcript of a call. */
const OUR_SIDE = 'Sales'
const SOMEBODY = 'Speaker'

/** A call to be read for its lead as a meeting is; null where it is none of sales, or nothing was said. */
export function callToRead(
  { data }: EventOf<typeof CallTranscribed>,
  leadId: string,
  customer: Customer
): TranscriptSource | null {
  const { segments, startedAt, endedAt, recordingId, callId, sales, contentDigest, direction } = data
  if (!sales || segments.length === 0) return null
  const start = Date.parse(startedAt)
  return {
    data: {
      meetingId: callId,
      callId,
      personId: leadId,
      sessionId: recordingId,
      contentDigest,
      customer,
      participants: [
        { name: customer.name, email: customer.email, external: true },
        { name: OUR_SIDE, email: null, external: false }
      ],
      title: direction === 'inbound' ? 'Call from the customer' : 'Call to the customer',
      startedAt,
      endedAt,
      durationMinutes: (Date.parse(endedAt) - start) / 60_000,
      summary: null,
      actionItems: [],
      keyQuestions: [],
      topics: [],
      transcript: segments.map(({ startMs, endMs, speaker, words }) => ({
        startMs: start + startMs,
        endMs: start + endMs,
        speaker: nameOf(speaker, customer),
        words
      }))
    }
  }
}

function nameOf(speaker: CallSpeaker, customer: Customer): string {
  if (speaker === 'us') return OUR_SIDE
  return speaker === 'customer' ? (customer.name ?? customer.email) : SOMEBODY
}
