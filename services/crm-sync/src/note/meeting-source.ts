import {
  isEvent,
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

export function meetingRef(meetingId: string): AggregateRef {
  return { context: 'meetings', aggregate: 'meeting', id: meetingId }
}

/**
 * The booking that an extraction read: the one made at the time that the extraction names. Bookings that came later
 * into the history do not change the choice, so that the same extraction always gives the same note.
 */
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

function readAt<Entry>(entries: readonly Entry[], observedAt: string, timeOf: (entry: Entry) => string): Entry | null {
  const wanted = Date.parse(observedAt)
  return entries.find((entry) => Date.parse(timeOf(entry)) === wanted) ?? entries[0] ?? null
}
