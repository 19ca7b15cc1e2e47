import {
  CallReceived,
  CallStatusReported,
  isEvent,
  RecordingDeleted,
  RecordingStored,
  RecordingUnavailable,
  TwilioRecordingDeleted,
  type AggregateRef,
  type CallDirection,
  type DataOf,
  type RecordedEvent
} from '@leadlog/contracts'

/** What is known of a recording. */
export interface Recording {
  readonly stored: DataOf<typeof RecordingStored> | null
  /** Why it could not be stored so far. */
  readonly unavailable: DataOf<typeof RecordingUnavailable> | null
  readonly deleted: DataOf<typeof RecordingDeleted> | null
  readonly goneAtTwilio: boolean
}

export const unknownRecording: Recording = { stored: null, unavailable: null, deleted: null, goneAtTwilio: false }

export function evolveRecording(recording: Recording, event: RecordedEvent): Recording {
  if (isEvent(event, RecordingStored)) return { ...recording, stored: event.data }
  if (isEvent(event, RecordingUnavailable)) return { ...recording, unavailable: event.data }
  if (isEvent(event, RecordingDeleted)) return { ...recording, deleted: event.data }
  if (isEvent(event, TwilioRecordingDeleted)) return { ...recording, goneAtTwilio: true }
  return recording
}

export function recordingOf(events: readonly RecordedEvent[]): Recording {
  return events.reduce(evolveRecording, unknownRecording)
}

export function recordingRef(recordingId: string): AggregateRef {
  return { context: 'telephony', aggregate: 'recording', id: recordingId }
}

/** Whose call it is, as far as a recording needs to know. */
export interface CallParty {
  readonly personId: string
  readonly leadId: string | null
  readonly direction: CallDirection
  readonly flow: { readonly flowId: string; readonly version: number } | null
}

/** Null while nothing but the recording was told of the call. Who it was is settled when the call came in. */
export function callParty(events: readonly RecordedEvent[]): CallParty | null {
  const received = events.find((event) => isEvent(event, CallReceived))?.data
  if (received) {
    const { personId, leadId, flow } = received
    return { personId, leadId, direction: 'inbound', flow }
  }
  const reported = events.find((event) => isEvent(event, CallStatusReported))?.data
  if (!reported) return null
  const { personId, leadId, direction } = reported
  return { personId, leadId, direction, flow: null }
}
