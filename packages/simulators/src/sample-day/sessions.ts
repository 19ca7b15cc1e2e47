import type { BookingKey } from './bookings.ts'
import type { CustomerKey } from './customers.ts'

/** How much of a meeting its transcript has. */
export type TranscriptShape = 'whole' | 'long' | 'first-part' | 'hole' | 'small-talk' | 'none'

/** A meeting that took place, as the notetaker saw it. Times are `<days from the base date> <HH:MM UTC>`. */
export interface SessionPlan {
  /** Whom it was with: a customer, a colleague, or a guest, where nobody left an address. */
  with: CustomerKey | 'noor' | 'guest'
  /** The booking it belongs to, where there is one. */
  booking?: BookingKey
  start: string
  minutes: number
  transcript: TranscriptShape
  /** Others who were there, the second one of the customer's side. */
  also?: readonly ('theo' | 'phone' | 'customers-colleague')[]
  blockTimesAsText?: boolean
}

/** The meetings that took place, by name. */
export const sessions = {
  marta: { with: 'marta', booking: 'marta', start: '0 07:32', minutes: 24, transcript: 'whole' },
  daniel: { with: 'daniel', booking: 'daniel', start: '0 08:01', minutes: 21, transcript: 'whole', also: ['theo'] },
  yuki: { with: 'yuki', booking: 'yuki', start: '0 06:03', minutes: 19, transcript: 'whole', also: ['phone'] },
  zoe: { with: 'zoe', booking: 'zoe', start: '0 08:31', minutes: 17, transcript: 'whole' },
  priya: { with: 'priya', booking: 'priya', start: '0 05:02', minutes: 28, transcript: 'whole' },
  lucas: { with: 'lucas', booking: 'lucas', start: '0 13:01', minutes: 14, transcript: 'whole' },
  liam: { with: 'liam', booking: 'liam-moved', start: '0 11:02', minutes: 22, transcript: 'whole' },
  ahmed: { with: 'ahmed', booking: 'ahmed-moved-again', start: '0 14:01', minutes: 20, transcript: 'whole' },
  noah: { with: 'noah', booking: 'noah', start: '0 16:01', minutes: 3, transcript: 'small-talk' },
  grace: { with: 'grace', start: '0 12:30', minutes: 18, transcript: 'whole', blockTimesAsText: true },
  internal: { with: 'noor', start: '0 15:30', minutes: 16, transcript: 'whole' },
  guest: { with: 'guest', start: '0 17:10', minutes: 12, transcript: 'small-talk' },
  viktor: { with: 'viktor', booking: 'viktor', start: '0 09:02', minutes: 23, transcript: 'whole' },
  jack: { with: 'jack', booking: 'jack', start: '0 04:01', minutes: 40, transcript: 'first-part' },
  fatima: { with: 'fatima', booking: 'fatima', start: '0 10:02', minutes: 36, transcript: 'hole' },
  pierre: { with: 'pierre', booking: 'pierre', start: '0 13:31', minutes: 15, transcript: 'none' },
  william: {
    with: 'william',
    booking: 'william',
    start: '0 16:31',
    minutes: 26,
    transcript: 'whole',
    also: ['customers-colleague']
  },
  kateryna: { with: 'kateryna', booking: 'kateryna', start: '0 12:01', minutes: 38, transcript: 'long' }
} as const satisfies Record<string, SessionPlan>

export type SessionKey = keyof typeof sessions
