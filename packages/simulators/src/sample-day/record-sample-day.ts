import type { BookingEnd } from '../calendly/calendly-payload.ts'
import type { CalendlyStore } from '../calendly/calendly-store.ts'
import type { ReadaiStore } from '../readai/readai-store.ts'
import { seededUuid } from '../seeded.ts'
import { bookingOf, replacementOf } from './booking-of.ts'
import { bookings } from './bookings.ts'
import type { BookingKey, BookingPlan } from './bookings.ts'
import { momentOf } from './moment.ts'
import { sessionOf } from './session-of.ts'
import { sessions } from './sessions.ts'
import type { SessionKey } from './sessions.ts'

const endOf = (baseDate: string, key: BookingKey): BookingEnd => {
  const plan: BookingPlan = bookings[key]
  const { canceledAt, noShowAt } = plan
  if (canceledAt !== undefined) {
    return {
      canceled: {
        at: momentOf(baseDate, canceledAt),
        by: bookingOf(baseDate, key).name,
        canceler: 'invitee',
        reason: plan.cancelReason ?? '',
        replacedBy: replacementOf(baseDate, key)
      }
    }
  }
  if (noShowAt === undefined) return {}
  return { noShow: { at: momentOf(baseDate, noShowAt), id: seededUuid('no-show', baseDate, key) } }
}

/** Puts the day's bookings and meetings where the vendors' APIs find them, for reconciliation pulls. */
export const recordSampleDay = (to: { calendly: CalendlyStore; readai: ReadaiStore }, baseDate: string): void => {
  for (const key of Object.keys(bookings) as BookingKey[]) {
    to.calendly.put({ booking: bookingOf(baseDate, key), end: endOf(baseDate, key) })
  }
  for (const key of Object.keys(sessions) as SessionKey[]) to.readai.put(sessionOf(baseDate, key))
}
