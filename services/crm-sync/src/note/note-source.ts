import {
  CallRecordingReported,
  CallTranscribed,
  ExtractionSkipped,
  isEvent,
  LeadIntelExtracted,
  MeddicExtracted,
  MeetingBooked,
  MeetingHeld,
  MeetingReportUpdated,
  MeetingRescheduled,
  recordingIdOf,
  type AggregateRef,
  type DataOf,
  type RecordedEvent
} from '@leadlog/contracts'

export type Booking = DataOf<typeof MeetingBooked>
export type Report = DataOf<typeof MeetingHeld>
export type CallTranscript = DataOf<typeof CallTranscribed>
export type BookingReading = DataOf<typeof LeadIntelExtracted>
export type ReportReading = DataOf<typeof MeddicExtracted>

export function meetingRef(meetingId: string): AggregateRef {
  return { context: 'meetings', aggregate: 'meeting', id: meetingId }
}

export function callRef(callId: string): AggregateRef {
  return { context: 'telephony', aggregate: 'call', id: callId }
}

export function extractionRef(extractionId: string): AggregateRef {
  return { context: 'enrichment', aggregate: 'extraction', id: extractionId }
}

/** What an extraction found, whole: the lead's own events hold only the fields that won over earlier ones. */
export function bookingReading(history: readonly RecordedEvent[]): BookingReading | null {
  return history.find((event) => isEvent(event, LeadIntelExtracted))?.data ?? null
}

export function reportReading(history: readonly RecordedEvent[]): ReportReading | null {
  return history.find((event) => isEvent(event, MeddicExtracted))?.data ?? null
}

/** The booking that an extraction read: the one made at the time that the extraction names. */
export function bookingReadAt(history: readonly RecordedEvent[], observedAt: string): Booking | null {
  return readAt(bookingsIn(history), observedAt, ({ bookedAt }) => bookedAt)
}

/** The report that an extraction read: the first of the meeting that ended at the time that the extraction names. */
export function reportReadAt(history: readonly RecordedEvent[], observedAt: string): Report | null {
  const reports = history.flatMap((event) =>
    isEvent(event, MeetingHeld) || isEvent(event, MeetingReportUpdated) ? [event.data] : []
  )
  return readAt(reports, observedAt, ({ endedAt }) => endedAt)
}

/** Where the recordings of a call were written down. */
export function transcriptionsOf(call: readonly RecordedEvent[]): readonly AggregateRef[] {
  const sids = call.flatMap((event) => (isEvent(event, CallRecordingReported) ? [event.data.recordingSid] : []))
  return [...new Set(sids)].map((sid) => ({
    context: 'enrichment',
    aggregate: 'transcription',
    id: recordingIdOf(sid)
  }))
}

/** The transcript of a call that an extraction read: the first that ended at the time that the extraction names. */
export function callReadAt(transcriptions: readonly RecordedEvent[], observedAt: string): CallTranscript | null {
  const transcripts = transcriptions.flatMap((event) => (isEvent(event, CallTranscribed) ? [event.data] : []))
  return readAt(transcripts, observedAt, ({ endedAt }) => endedAt)
}

/** Histories of meetings by id. */
export type MeetingHistories = ReadonlyMap<string, readonly RecordedEvent[]>

/** The meetings whose bookings an extraction's history speaks of. */
export function meetingsReadIn(extraction: readonly RecordedEvent[]): readonly string[] {
  const ids = extraction.flatMap((event) =>
    isEvent(event, LeadIntelExtracted) || isEvent(event, ExtractionSkipped) ? [event.data.meetingId] : []
  )
  return [...new Set(ids)]
}

/**
 * Which note of the same answers a booking gets that was not read because of them: a number for a demo booked anew,
 * null for a reschedule, which only repeats the answers, and for a booking that was told again with another detail. There are as many notes as such bookings, but at least one,
 * whichever of them was read: where it was a reschedule, the first new booking has its note already.
 */
export function repeatedNoteNumber(
  skipped: { readonly id: string },
  extraction: readonly RecordedEvent[],
  meetings: MeetingHistories
): number | null {
  const isNew = ({ meetingId, observedAt }: { meetingId: string; observedAt: string }): boolean => {
    const time = Date.parse(observedAt)
    const booking = bookingsIn(meetings.get(meetingId) ?? []).find(({ bookedAt }) => Date.parse(bookedAt) === time)
    return booking?.previousBookingUri === null
  }
  const reading = bookingReading(extraction)
  const told = new Set(reading ? [bookingNameOf(reading)] : [])
  const repeated = extraction
    .filter((event) => isEvent(event, ExtractionSkipped))
    .filter(({ data }) => isNew(data) && !told.has(bookingNameOf(data)) && told.add(bookingNameOf(data)))
  const place = repeated.findIndex(({ id }) => id === skipped.id)
  if (place < 0 || reading === null) return null
  return (isNew(reading) ? 1 : 0) + place + 1
}

/** A meeting is booked anew once at a time. */
function bookingNameOf({ meetingId, observedAt }: { meetingId: string; observedAt: string }): string {
  return `${meetingId} ${Date.parse(observedAt)}`
}

function bookingsIn(history: readonly RecordedEvent[]): Booking[] {
  return history.flatMap((event) =>
    isEvent(event, MeetingBooked) || isEvent(event, MeetingRescheduled) ? [event.data] : []
  )
}

/** What comes later into the history does not change the choice, so that one extraction always gives one note. */
function readAt<Entry>(entries: readonly Entry[], observedAt: string, timeOf: (entry: Entry) => string): Entry | null {
  const wanted = Date.parse(observedAt)
  return entries.find((entry) => Date.parse(timeOf(entry)) === wanted) ?? entries[0] ?? null
}
