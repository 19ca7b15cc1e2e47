import type { Attendance } from './attendance.schema.ts'

/** A booking as its deliveries told of it; what no delivery has said yet is null. */
export interface Booking {
  readonly uri: string
  readonly previousUri: string | null
  readonly title: string | null
  readonly startsAt: string | null
  readonly endsAt: string | null
  readonly bookedAt: string | null
  readonly supersededByUri: string | null
  readonly supersededAt: string | null
  readonly canceledAt: string | null
  readonly canceledBy: string | null
  readonly cancelReason: string | null
  readonly noShowAt: string | null
  readonly noShowClearedAt: string | null
  readonly locationKind: string | null
  readonly joinUrl: string | null
  readonly hostName: string | null
  readonly hostEmail: string | null
  readonly customerEmail: string | null
  readonly customerName: string | null
  /** What was decided of who came; of several verdicts the newest. */
  readonly attendance: BookingAttendance | null
}

/** Whether the customer of a booking came. */
export interface BookingAttendance {
  readonly verdict: 'attended' | 'not-attended' | 'unknown'
  readonly because: Attendance['because']
  readonly decidedAt: string
}

/** A session of the notetaker. */
export interface Session {
  readonly id: string
  readonly title: string
  readonly startedAt: string
  readonly endedAt: string
  readonly durationMinutes: number
  readonly platform: string | null
  readonly reportUrl: string | null
  readonly participants: number
  readonly customerEmail: string
  readonly customerName: string | null
}

export type Bookings = Readonly<Record<string, Booking>>
export type Sessions = Readonly<Record<string, Session>>

const BLANK_BOOKING: Omit<Booking, 'uri'> = {
  previousUri: null,
  title: null,
  startsAt: null,
  endsAt: null,
  bookedAt: null,
  supersededByUri: null,
  supersededAt: null,
  canceledAt: null,
  canceledBy: null,
  cancelReason: null,
  noShowAt: null,
  noShowClearedAt: null,
  locationKind: null,
  joinUrl: null,
  hostName: null,
  hostEmail: null,
  customerEmail: null,
  customerName: null,
  attendance: null
}

/** The bookings with the change; what the change leaves null stays as it was. */
export function withBooking(bookings: Bookings, uri: string, change: Partial<Booking>): Bookings {
  const known = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== null))
  return { ...bookings, [uri]: { ...BLANK_BOOKING, ...bookings[uri], ...known, uri } }
}

export type BookingState = 'active' | 'superseded' | 'canceled' | 'no-show'

/** How a booking stands among those of its meeting. */
export function bookingState(booking: Booking, all: Bookings): BookingState {
  if (booking.supersededAt !== null || Object.values(all).some((other) => other.previousUri === booking.uri)) {
    return 'superseded'
  }
  if (booking.canceledAt !== null) return 'canceled'
  const cleared = booking.noShowClearedAt
  if (booking.noShowAt !== null && (cleared === null || Date.parse(cleared) < Date.parse(booking.noShowAt))) {
    return 'no-show'
  }
  return booking.attendance?.verdict === 'not-attended' ? 'no-show' : 'active'
}
