import type { DataOf, MeetingBooked } from '@leadlog/contracts'

/** What an extraction reads of a booking; the data of MeetingBooked and MeetingRescheduled fit. */
export type BookingInput = Pick<
  DataOf<typeof MeetingBooked>,
  'customer' | 'title' | 'host' | 'guests' | 'answers' | 'tracking'
>
