import type { MeetingFact } from '@leadlog/contracts'

/** What the facts say of one booking. */
export interface BookingFacts {
  readonly key: string
  bookedAt: string | null
  startsAt: string | null
  timezone: string | null
  canceledAt: string | null
  superseded: boolean
  supersededAt: string | null
  noShowMarkedAt: string | null
  noShowClearedAt: string | null
  /** The newest verdict of who came, by what the platform told. */
  attendance: Verdict | null
}

/** Whether the customer came. */
export interface Verdict {
  readonly kind: 'attended' | 'not-attended' | 'attendance-unknown'
  readonly decidedAt: string
  /** When the booking was to begin: the verdict's own time, whenever it was decided. */
  readonly startsAt: string
}

/** What the facts say of one meeting, through all its reschedules. */
export interface MeetingFacts {
  readonly meetingId: string
  readonly bookings: readonly BookingFacts[]
  readonly sessions: readonly MeetingFact[]
}

/** Groups facts by meeting, merged meetings together. Independent of the facts' order. */
export function groupMeetings(facts: readonly MeetingFact[]): readonly MeetingFacts[] {
  const merged = new Map(facts.filter((fact) => fact.kind === 'merged').map((fact) => [fact.key, fact.meetingId]))
  const standing = (id: string): string => {
    let current = id
    for (let next = merged.get(current); next !== undefined && next !== id; next = merged.get(current)) current = next
    return current
  }
  const groups = new Map<string, MeetingFact[]>()
  for (const fact of facts) {
    const id = standing(fact.meetingId)
    groups.set(id, [...(groups.get(id) ?? []), fact])
  }
  return [...groups].map(([meetingId, own]) => ({
    meetingId,
    bookings: bookingsOf(own),
    sessions: own.filter((fact) => fact.kind === 'held')
  }))
}

/** True for a booking that was neither replaced nor canceled. */
export function isLive(booking: BookingFacts): boolean {
  return !booking.superseded && booking.canceledAt === null && booking.bookedAt !== null
}

/** When the customer was marked as not having come, unless that was taken back later. */
export function noShowAt(booking: BookingFacts): string | null {
  const { noShowMarkedAt, noShowClearedAt } = booking
  if (noShowMarkedAt === null) return null
  return noShowClearedAt !== null && noShowClearedAt >= noShowMarkedAt ? null : noShowMarkedAt
}

function bookingsOf(facts: readonly MeetingFact[]): BookingFacts[] {
  const bookings = new Map<string, BookingFacts>()
  const booking = (key: string): BookingFacts => {
    const known = bookings.get(key)
    if (known) return known
    const created: BookingFacts = {
      key,
      bookedAt: null,
      startsAt: null,
      timezone: null,
      canceledAt: null,
      superseded: false,
      supersededAt: null,
      noShowMarkedAt: null,
      noShowClearedAt: null,
      attendance: null
    }
    bookings.set(key, created)
    return created
  }
  for (const fact of facts) apply(fact, booking)
  return [...bookings.values()]
}

function apply(fact: MeetingFact, booking: (key: string) => BookingFacts): void {
  switch (fact.kind) {
    case 'booked':
    case 'rescheduled': {
      const own = booking(fact.key)
      if (own.bookedAt === null || isLater(fact, own)) {
        own.bookedAt = fact.occurredAt
        own.startsAt = fact.startsAt
        own.timezone = fact.timezone
      }
      if (fact.relatedKey !== null) supersede(booking(fact.relatedKey), fact.occurredAt)
      return
    }
    case 'superseded':
      supersede(booking(fact.key), fact.occurredAt)
      return
    case 'canceled': {
      const own = booking(fact.key)
      own.canceledAt = later(own.canceledAt, fact.occurredAt)
      return
    }
    case 'no-show': {
      const own = booking(fact.key)
      own.noShowMarkedAt = later(own.noShowMarkedAt, fact.occurredAt)
      return
    }
    case 'no-show-cleared': {
      const own = booking(fact.key)
      own.noShowClearedAt = later(own.noShowClearedAt, fact.occurredAt)
      return
    }
    case 'attended':
    case 'not-attended':
    case 'attendance-unknown': {
      const own = booking(fact.key)
      const startsAt = fact.startsAt ?? fact.occurredAt
      own.attendance = newerVerdict(own.attendance, { kind: fact.kind, decidedAt: fact.occurredAt, startsAt })
      return
    }
    case 'held':
    case 'merged':
      return
  }
}

/** Verdicts of a booking follow one another: the newest knew most. Between equals the order of arrival plays no part. */
function newerVerdict(known: Verdict | null, verdict: Verdict): Verdict {
  if (known === null) return verdict
  const [a, b] = [known, verdict].map(
    ({ decidedAt, kind, startsAt }) => `${decidedAt} ${VERDICT_RANK[kind]} ${startsAt}`
  )
  return (b ?? '') > (a ?? '') ? verdict : known
}

const VERDICT_RANK: Readonly<Record<Verdict['kind'], number>> = {
  attended: 2,
  'not-attended': 1,
  'attendance-unknown': 0
}

function supersede(booking: BookingFacts, at: string): void {
  booking.superseded = true
  booking.supersededAt = later(booking.supersededAt, at)
}

function later(known: string | null, time: string): string {
  return known === null || time > known ? time : known
}

/** By time; of two at the same time the one with the later start, so that the order of arrival plays no part. */
function isLater(fact: MeetingFact, known: BookingFacts): boolean {
  const [at, knownAt] = [fact.occurredAt, known.bookedAt ?? '']
  return at > knownAt || (at === knownAt && (fact.startsAt ?? '') > (known.startsAt ?? ''))
}
