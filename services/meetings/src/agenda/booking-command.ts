import type { Answer, Customer } from '@leadlog/contracts'

/** What a booking delivery says, in our own words, whoever sent it. */
export type BookingCommand =
  | { readonly kind: 'booked'; readonly booking: Booking }
  | { readonly kind: 'superseded'; readonly booking: BookingRef; readonly byUri: string; readonly at: string }
  | {
      readonly kind: 'canceled'
      readonly booking: BookingRef
      readonly at: string
      readonly by: string | null
      readonly reason: string | null
    }
  | { readonly kind: 'no-show'; readonly booking: BookingRef; readonly at: string }
  | { readonly kind: 'no-show-cleared'; readonly booking: BookingRef; readonly at: string }

/** A booking as far as a delivery that is not about its details describes it. */
export interface BookingRef {
  readonly uri: string
  readonly customer: Customer | null
  readonly title: string
  readonly startsAt: string | null
  readonly endsAt: string | null
  readonly platformMeetingId: string | null
}

/** A whole booking; `previousUri` makes it the new half of a reschedule. */
export interface Booking extends BookingRef {
  readonly customer: Customer
  readonly startsAt: string
  readonly endsAt: string
  readonly previousUri: string | null
  readonly bookedAt: string
  readonly location: {
    readonly kind: string | null
    readonly joinUrl: string | null
    readonly platformMeetingId: string | null
  }
  readonly host: { readonly name: string | null; readonly email: string | null }
  readonly guests: readonly string[]
  readonly answers: readonly Answer[]
  readonly tracking: Readonly<Record<string, string>>
}
