import {
  ERASED_TEXT,
  isOwnBooking,
  MeetingLinkSet,
  newEvent,
  WebhookIgnored,
  type DataOf,
  type MeetingBooked,
  type NewEvent,
  type RecordedEvent,
  type Refusal
} from '@leadlog/contracts'
import { personErased } from '@leadlog/service'
import type { Agenda } from '../agenda/agenda.ts'
import type { Booking } from '../agenda/booking-command.ts'
import { decideBooking } from '../agenda/decide-booking.ts'
import { bookedElsewhere, meetingCanceled, meetingOver, meetingUnknown } from '../errors.ts'
import { standingBooking, type Meeting, type StandingBooking } from './meeting.ts'
import type { Span } from './meeting-time.ts'

/** The booking of a meeting that is still to come, or why nothing can be changed about it. Pure. */
export function comingBooking(meeting: Meeting, meetingId: string, now: Date): StandingBooking | Refusal {
  const booking = standingBooking(meeting)
  if (booking === null) return meetingUnknown(meetingId)
  if (booking.facts.customer.email === ERASED_TEXT) return personErased()
  if (booking.canceled !== null) return meetingCanceled(meetingId)
  return Date.parse(booking.facts.endsAt) <= now.getTime() ? meetingOver(meetingId) : booking
}

/** Who changes something, and what it rests on. */
export interface Change {
  readonly agenda: Agenda
  readonly history: readonly RecordedEvent[]
  readonly personId: string
  readonly commandId: string
}

/** What booking it adds to the log. Pure. */
export function book({ agenda, personId, commandId, history }: Change, booking: Booking): readonly NewEvent[] {
  return record(agenda, { webhookId: commandId, personId }, { kind: 'booked', booking }, history)
}

/** The same booking at another time; nothing where it has that time. Pure. */
export function move(
  change: Change,
  current: StandingBooking,
  span: Span,
  next: { uri: string; now: Date }
): readonly NewEvent[] | Refusal {
  const { facts } = current
  if (!isOwnBooking(current.uri)) return bookedElsewhere('Move')
  if (facts.startsAt === span.startsAt && facts.endsAt === span.endsAt) return []
  return book(change, {
    ...bookingOf(facts),
    ...span,
    uri: next.uri,
    previousUri: current.uri,
    bookedAt: next.now.toISOString()
  })
}

/** Cancels it. Pure. */
export function cancel(
  change: Change,
  current: StandingBooking,
  { reason, now }: { reason: string | null; now: Date }
): readonly NewEvent[] | Refusal {
  if (!isOwnBooking(current.uri)) return bookedElsewhere('Cancel')
  const { agenda, personId, commandId, history } = change
  const booking = bookingOf(current.facts)
  const command = { kind: 'canceled', booking, at: now.toISOString(), by: 'host', reason } as const
  return record(agenda, { webhookId: commandId, personId }, command, history)
}

/** Gives it a link by hand; nothing where it has that link. Pure. */
export function setLink(
  meeting: Meeting,
  ids: { meetingId: string; personId: string },
  { uri }: StandingBooking,
  link: { joinUrl: string; now: Date }
): readonly NewEvent[] {
  if (meeting.link === link.joinUrl) return []
  const { joinUrl, now } = link
  return [newEvent(MeetingLinkSet, ids.meetingId, { ...ids, bookingUri: uri, joinUrl, setAt: now.toISOString() })]
}

/** No webhook is ignored where there is none. */
function record(...[agenda, delivery, command, history]: Parameters<typeof decideBooking>): readonly NewEvent[] {
  return decideBooking(agenda, delivery, command, history).filter(({ definition }) => definition !== WebhookIgnored)
}

function bookingOf(facts: DataOf<typeof MeetingBooked>): Booking {
  const { bookingUri: uri, previousBookingUri: previousUri, location, ...rest } = facts
  return { ...rest, uri, previousUri, location, platformMeetingId: location.platformMeetingId }
}
