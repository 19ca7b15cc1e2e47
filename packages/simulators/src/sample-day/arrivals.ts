import type { BookingKey } from './bookings.ts'
import type { SessionKey } from './sessions.ts'

/** One webhook of the day: what it tells, and of what. The same twice is a vendor's repeat. */
export type Arrival =
  | readonly ['created' | 'canceled' | 'no-show', BookingKey]
  | readonly ['held' | 'relayed' | 'pushed-again' | 'started', SessionKey]
  | readonly [
      'special',
      (
        | 'poison'
        | 'unknown-type'
        | 'standard'
        | 'wrong-calendly-signature'
        | 'wrong-readai-signature'
        | 'stale-timestamp'
        | 'malformed-json'
      )
    ]

/** The webhooks in the order in which they arrive. */
export const arrivals: readonly Arrival[] = [
  ['created', 'ahmed'],
  ['created', 'viktor'],
  ['created', 'marta'],
  ['created', 'marta'],
  ['created', 'daniel'],
  ['created', 'liam'],
  ['created', 'isabella'],
  ['created', 'omar'],
  ['created', 'ingrid'],
  ['created', 'william'],
  // The first move of a double reschedule: the old booking ends before the new one is told.
  ['canceled', 'ahmed'],
  ['created', 'ahmed-moved'],
  ['created', 'emily'],
  ['created', 'jack'],
  ['created', 'yuki'],
  ['created', 'ravindra'],
  ['created', 'fatima'],
  ['created', 'pierre'],
  ['created', 'kateryna'],
  // The second move, the other way round.
  ['created', 'ahmed-moved-again'],
  ['canceled', 'ahmed-moved'],
  ['created', 'hannah'],
  // A reschedule: canceled, then created.
  ['canceled', 'liam'],
  ['created', 'liam-moved'],
  ['created', 'lucas'],
  // A cancellation that overtakes its booking.
  ['canceled', 'sofia'],
  ['created', 'sofia'],
  ['created', 'noah'],
  ['created', 'meiling'],
  ['held', 'jack'],
  // Transcripts before their bookings.
  ['held', 'priya'],
  ['created', 'priya'],
  ['started', 'yuki'],
  ['held', 'yuki'],
  ['held', 'marta'],
  ['held', 'daniel'],
  ['held', 'daniel'],
  // A reschedule: created, then canceled.
  ['created', 'ingrid-moved'],
  ['canceled', 'ingrid'],
  ['held', 'zoe'],
  ['created', 'zoe'],
  ['canceled', 'omar'],
  ['canceled', 'omar'],
  ['held', 'viktor'],
  ['no-show', 'isabella'],
  ['created', 'viktor-again'],
  ['relayed', 'fatima'],
  ['special', 'standard'],
  ['held', 'liam'],
  ['created', 'anna'],
  ['special', 'unknown-type'],
  ['special', 'wrong-calendly-signature'],
  ['special', 'stale-timestamp'],
  ['created', 'isabella-again'],
  ['held', 'kateryna'],
  ['held', 'grace'],
  ['held', 'lucas'],
  ['special', 'poison'],
  ['held', 'pierre'],
  ['held', 'ahmed'],
  ['special', 'wrong-readai-signature'],
  ['no-show', 'emily'],
  ['held', 'internal'],
  ['held', 'noah'],
  ['held', 'william'],
  ['special', 'malformed-json'],
  ['held', 'guest'],
  ['pushed-again', 'william']
]
