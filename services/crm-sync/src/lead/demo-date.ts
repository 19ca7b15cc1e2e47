import type { MeetingFact } from '@leadlog/contracts'

/** What the facts tell of one booking, whatever their order. */
interface Booking {
  readonly startsAt: string | null
  readonly timezone: string | null
  readonly bookedAt: number
  readonly canceled: boolean
  readonly superseded: boolean
}

interface HeldMeeting {
  readonly key: string
  readonly startsAt: string
  readonly occurredAt: number
}

/** The bookings and held meetings of a lead, as far as its demo date needs them. */
export interface DemoFacts {
  readonly bookings: ReadonlyMap<string, Booking>
  readonly lastHeld: HeldMeeting | null
}

export interface DemoDate {
  readonly startsAt: string
  readonly timezone: string | null
}

export const noDemoFacts: DemoFacts = { bookings: new Map(), lastHeld: null }

const unknownBooking: Booking = {
  startsAt: null,
  timezone: null,
  bookedAt: Number.NEGATIVE_INFINITY,
  canceled: false,
  superseded: false
}

/** Adds one fact. The result is the same for every order of the same facts. */
export function addDemoFact(facts: DemoFacts, fact: MeetingFact): DemoFacts {
  switch (fact.kind) {
    case 'booked':
      return withBooking(facts, fact.key, booked(fact))
    case 'rescheduled': {
      const added = withBooking(facts, fact.key, booked(fact))
      return fact.relatedKey === null ? added : withBooking(added, fact.relatedKey, { superseded: true })
    }
    case 'superseded':
      return withBooking(facts, fact.key, { superseded: true })
    case 'canceled':
      return withBooking(facts, fact.key, { canceled: true, ...whereKnown(facts, fact) })
    case 'held':
      return { ...facts, lastHeld: laterHeld(facts.lastHeld, fact) }
    case 'no-show':
    case 'no-show-cleared':
    case 'merged':
      return facts
  }
}

/**
 * The start of the latest active booking. Without an active one: of the latest canceled one, since a cancellation does
 * not unsay when the demo would have been. A held meeting's start counts only where there was never a booking.
 */
export function demoDateOf(facts: DemoFacts): DemoDate | null {
  let best: { key: string; booking: Booking; startsAt: string } | null = null
  for (const [key, booking] of facts.bookings) {
    if (booking.startsAt === null) continue
    const candidate = { key, booking, startsAt: booking.startsAt }
    if (best === null || compareBookings(candidate, best) > 0) best = candidate
  }
  if (best !== null) return { startsAt: best.startsAt, timezone: best.booking.timezone }
  return facts.lastHeld === null ? null : { startsAt: facts.lastHeld.startsAt, timezone: null }
}

function booked(fact: MeetingFact): Partial<Booking> {
  return { startsAt: fact.startsAt, timezone: fact.timezone, bookedAt: Date.parse(fact.occurredAt) }
}

/** A cancellation tells the start of a booking that is not known itself; the booking's own word goes first. */
function whereKnown(facts: DemoFacts, fact: MeetingFact): Partial<Booking> {
  const known = facts.bookings.get(fact.key)
  return known !== undefined && known.startsAt !== null ? {} : { startsAt: fact.startsAt, timezone: fact.timezone }
}

function withBooking(facts: DemoFacts, key: string, change: Partial<Booking>): DemoFacts {
  const bookings = new Map(facts.bookings)
  bookings.set(key, { ...(bookings.get(key) ?? unknownBooking), ...change })
  return { ...facts, bookings }
}

function laterHeld(known: HeldMeeting | null, fact: MeetingFact): HeldMeeting | null {
  if (fact.startsAt === null) return known
  const candidate = { key: fact.key, startsAt: fact.startsAt, occurredAt: Date.parse(fact.occurredAt) }
  if (known === null) return candidate
  const later = candidate.occurredAt - known.occurredAt || compareTexts(candidate.key, known.key)
  return later > 0 ? candidate : known
}

const standing = (booking: Booking): number => (booking.superseded ? 0 : booking.canceled ? 1 : 2)

interface BookingCandidate {
  readonly key: string
  readonly booking: Booking
  readonly startsAt: string
}

function compareBookings(a: BookingCandidate, b: BookingCandidate): number {
  return (
    standing(a.booking) - standing(b.booking) ||
    compareNumbers(a.booking.bookedAt, b.booking.bookedAt) ||
    compareNumbers(Date.parse(a.startsAt), Date.parse(b.startsAt)) ||
    compareTexts(a.key, b.key)
  )
}

/** Also for infinities, whose difference is not a number. */
function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
