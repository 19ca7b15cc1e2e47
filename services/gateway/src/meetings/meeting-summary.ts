import { OneOf } from '@leadlog/contracts'
import type { Static } from '@sinclair/typebox'
import {
  bookingState,
  type Booking,
  type Bookings,
  type BookingState,
  type Session,
  type Sessions
} from './meeting-parts.ts'

/** `rescheduled`: the old booking gave way, and the new one is not known yet. */
export const MEETING_STATUSES = ['booked', 'rescheduled', 'canceled', 'no-show', 'held'] as const
export const MeetingStatus = OneOf(...MEETING_STATUSES)
export type MeetingStatus = Static<typeof MeetingStatus>

/** What a list says of a meeting. */
export interface MeetingSummary {
  readonly status: MeetingStatus
  readonly title: string | null
  readonly customerEmail: string | null
  readonly customerName: string | null
  readonly startsAt: string | null
  readonly endsAt: string | null
  readonly bookedAt: string | null
  readonly platform: string | null
  readonly joinUrl: string | null
  readonly hostName: string | null
  readonly hostEmail: string | null
  readonly reportUrl: string | null
}

const STATUS_OF: Readonly<Record<BookingState, MeetingStatus>> = {
  active: 'booked',
  'no-show': 'no-show',
  canceled: 'canceled',
  superseded: 'rescheduled'
}

/** Which state speaks for a meeting with several bookings. */
const PRECEDENCE: Readonly<Record<BookingState, number>> = { active: 3, 'no-show': 3, canceled: 2, superseded: 1 }

/** Sums a meeting up: the booking that stands, and what took place. Does not depend on the order of arrival. */
export function summaryOf(bookings: Bookings, sessions: Sessions): MeetingSummary {
  const booking = standingBooking(bookings)
  const session = newestSession(sessions)
  return {
    status: session ? 'held' : booking ? statusOf(booking, bookings) : 'booked',
    title: booking?.title ?? session?.title ?? null,
    customerEmail: booking?.customerEmail ?? session?.customerEmail ?? null,
    customerName: booking?.customerName ?? session?.customerName ?? null,
    startsAt: booking?.startsAt ?? session?.startedAt ?? null,
    endsAt: booking?.endsAt ?? session?.endedAt ?? null,
    bookedAt: booking?.bookedAt ?? null,
    platform: session?.platform ?? booking?.locationKind ?? null,
    joinUrl: booking?.joinUrl ?? null,
    hostName: booking?.hostName ?? null,
    hostEmail: booking?.hostEmail ?? null,
    reportUrl: session?.reportUrl ?? null
  }
}

function statusOf(booking: Booking, bookings: Bookings): MeetingStatus {
  const state = bookingState(booking, bookings)
  const isMarked = state === 'no-show' || state === 'superseded'
  return !isMarked && booking.attendance?.verdict === 'attended' ? 'held' : STATUS_OF[state]
}

/** The bookings of a meeting from the first to the last. */
export function inOrder(bookings: Bookings): Booking[] {
  return Object.values(bookings).sort((a, b) => timeOf(a) - timeOf(b) || a.uri.localeCompare(b.uri))
}

/** The booking that speaks for its meeting; null where none is known. */
export function standingBooking(bookings: Bookings): Booking | null {
  const rank = (booking: Booking): number => PRECEDENCE[bookingState(booking, bookings)]
  return inOrder(bookings).reduce<Booking | null>(
    (best, booking) => (best === null || rank(booking) >= rank(best) ? booking : best),
    null
  )
}

function timeOf(booking: Booking): number {
  const known = booking.bookedAt ?? booking.supersededAt ?? booking.canceledAt ?? booking.noShowAt
  return known === null ? 0 : Date.parse(known)
}

function newestSession(sessions: Sessions): Session | null {
  const ordered = Object.values(sessions).sort(
    (a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt) || a.id.localeCompare(b.id)
  )
  return ordered.at(-1) ?? null
}
