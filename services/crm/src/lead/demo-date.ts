import type { MeetingFact } from '@leadlog/contracts'
import { groupMeetings, isLive, type BookingFacts } from './meeting-facts.ts'

/** When the demo is, and who said so. */
export interface DemoDate {
  readonly startsAt: string
  readonly timezone: string | null
  readonly source: 'calendar' | 'notetaker'
}

/**
 * The start of the booking made last that still stands; of the last one at all where none stands; and only where no
 * booking is known, the start that the notetaker saw. A date of the calendar is never replaced by the notetaker's.
 */
export function demoDate(facts: readonly MeetingFact[]): DemoDate | null {
  const meetings = groupMeetings(facts)
  const bookings = meetings.flatMap((meeting) => meeting.bookings).filter((booking) => booking.startsAt !== null)
  const booking =
    newest(bookings.filter(isLive)) ?? newest(bookings.filter((known) => !known.superseded)) ?? newest(bookings)
  if (booking?.startsAt) return { startsAt: booking.startsAt, timezone: booking.timezone, source: 'calendar' }
  const session = meetings
    .flatMap((meeting) => meeting.sessions)
    .sort(
      (a, b) =>
        b.occurredAt.localeCompare(a.occurredAt) ||
        a.key.localeCompare(b.key) ||
        (b.startsAt ?? '').localeCompare(a.startsAt ?? '')
    )[0]
  return session?.startsAt ? { startsAt: session.startsAt, timezone: session.timezone, source: 'notetaker' } : null
}

function newest(bookings: readonly BookingFacts[]): BookingFacts | undefined {
  return [...bookings].sort(
    (a, b) =>
      (b.bookedAt ?? '').localeCompare(a.bookedAt ?? '') ||
      a.key.localeCompare(b.key) ||
      (b.startsAt ?? '').localeCompare(a.startsAt ?? '')
  )[0]
}
