import {
  isEvent,
  LeadIntelExtracted,
  MeddicExtracted,
  MeetingBooked,
  MeetingHeld,
  MeetingReportUpdated,
  MeetingRescheduled,
  type AggregateRef,
  type DataOf,
  type RecordedEvent
} from '@leadlog/contracts'

export type Booking = DataOf<typeof MeetingBooked>
export type Report = DataOf<typeof MeetingHeld>
export type BookingReading = DataOf<typeof LeadIntelExtracted>
export type ReportReading = DataOf<typeof MeddicExtracted>

export function meetingRef(meetingId: string): AggregateRef {
  return { context: 'meetings', aggregate: 'meeting', id: meetingId }
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
  const bookings = history.flatMap((event) =>
    isEvent(event, MeetingBooked) || isEvent(event, MeetingRescheduled) ? [event.data] : []
  )
  return readAt(bookings, observedAt, ({ bookedAt }) => bookedAt)
}

/** The report that an extraction read: the first of the meeting that ended at the time that the extraction names. */
export function reportReadAt(history: readonly RecordedEvent[], observedAt: string): Report | null {
  const reports = history.flatMap((event) =>
    isEvent(event, MeetingHeld) || isEvent(event, MeetingReportUpdated) ? [event.data] : []
  )
  return readAt(reports, observedAt, ({ endedAt }) => endedAt)
}

/** What comes later into the history does not change the choice, so that one extraction always gives one note. */
function readAt<Entry>(entries: readonly Entry[], observedAt: string, timeOf: (entry: Entry) => string): Entry | null {
  const wanted = Date.parse(observedAt)
  return entries.find((entry) => Date.parse(timeOf(entry)) === wanted) ?? entries[0] ?? null
}
