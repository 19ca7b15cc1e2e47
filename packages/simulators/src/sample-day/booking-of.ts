import type { BookingIds, CalendlyBooking, FormAnswer } from '../calendly/calendly-payload.ts'
import { seededUnit, seededUuid } from '../seeded.ts'
import { bookings } from './bookings.ts'
import type { BookingKey, BookingPlan } from './bookings.ts'
import { formQuestions } from './customer.ts'
import type { Customer, FormAnswers } from './customer.ts'
import { customers } from './customers.ts'
import { momentOf, plusMinutes } from './moment.ts'
import { team } from './team.ts'

const MEETING_MINUTES = 30
const LOWEST_ZOOM_NUMBER = 80_000_000_000

/** The answers of a form, in the form's order. */
export const formAnswers = (answers: FormAnswers): FormAnswer[] =>
  (Object.keys(formQuestions) as (keyof FormAnswers)[]).flatMap((key) => {
    const answer = answers[key]
    return answer === undefined ? [] : [{ question: formQuestions[key], answer }]
  })

/** A Zoom meeting number decided by the parts alone. */
export const zoomNumber = (...parts: string[]): number =>
  LOWEST_ZOOM_NUMBER + Math.floor(seededUnit(...parts, 'zoom') * 9_000_000_000)

const idsOf = (baseDate: string, key: string): BookingIds => ({
  eventId: seededUuid('event', baseDate, key),
  inviteeId: seededUuid('invitee', baseDate, key)
})

const planOf = (key: BookingKey): BookingPlan => bookings[key]

/** The booking that replaces this one, where there is one. */
export const replacementOf = (baseDate: string, key: BookingKey): BookingIds | null => {
  const [replacement] = Object.entries<BookingPlan>(bookings).find(([, plan]) => plan.replaces === key) ?? []
  return replacement === undefined ? null : idsOf(baseDate, replacement)
}

/** A booking of the sample day as Calendly knows it. */
export const bookingOf = (baseDate: string, key: BookingKey): CalendlyBooking => {
  const plan = planOf(key)
  const customer: Customer = customers[plan.customer]
  const start = momentOf(baseDate, plan.start)
  return {
    ...idsOf(baseDate, key),
    email: customer.typedEmail ?? customer.email,
    name: customer.name,
    firstName: customer.apart?.[0] ?? null,
    lastName: customer.apart?.[1] ?? null,
    timezone: customer.timezone,
    phone: customer.answers.phone ?? null,
    answers: formAnswers(customer.answers),
    bookedAt: momentOf(baseDate, plan.bookedAt),
    start,
    end: plusMinutes(start, MEETING_MINUTES),
    title: 'Product demo',
    host: team.dana,
    zoomNumber: zoomNumber(baseDate, key),
    utmSource: customer.utmSource ?? null,
    replaces: plan.replaces === undefined ? null : idsOf(baseDate, plan.replaces)
  }
}
