import { createHash } from 'node:crypto'
import {
  AgendaEntryAdded,
  BookingLinked,
  BookingSuperseded,
  MeetingBooked,
  MeetingCanceled,
  MeetingNoShowCleared,
  MeetingNoShowMarked,
  MeetingRescheduled,
  isEvent,
  newEvent,
  WebhookIgnored,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import { matchAgenda, type Agenda, type AgendaQuery } from './agenda.ts'
import { bookingAggregateId } from './booking-aggregate.ts'
import type { Booking, BookingCommand } from './booking-command.ts'
import { mergeEvents } from './merge-events.ts'

/** Where a command comes from. */
export interface Delivery {
  readonly webhookId: string
  readonly personId: string
}

/** The meeting that a command concerns, as far as the agenda tells. */
export function meetingOf(agenda: Agenda, command: BookingCommand): string {
  return matchAgenda(agenda, queryOf(command)).meetingId
}

/**
 * What a booking delivery adds to the log: the fact about the meeting, its place in the person's agenda, and the
 * merging of meetings that it shows to be one. Pure; the order of deliveries does not matter for the grouping. The
 * same fact under another key, as where it is pulled and its webhook comes late, adds nothing.
 *
 * @param meeting history of {@link meetingOf}
 */
export function decideBooking(
  agenda: Agenda,
  delivery: Delivery,
  command: BookingCommand,
  meeting: readonly RecordedEvent[] = []
): readonly NewEvent[] {
  const query = queryOf(command)
  const match = matchAgenda(agenda, query)
  if (isRecorded(command, meeting)) {
    return [
      newEvent(WebhookIgnored, delivery.webhookId, {
        webhookId: delivery.webhookId,
        reason: 'change-already-recorded',
        detail: 'The same change of the booking is recorded already'
      })
    ]
  }
  const digest = command.kind === 'booked' ? digestOf(command.booking) : null
  if (digest !== null && match.known?.contentDigest === digest) {
    return [
      newEvent(WebhookIgnored, delivery.webhookId, {
        webhookId: delivery.webhookId,
        reason: 'booking-already-recorded',
        detail: 'The same booking with the same details is recorded already'
      })
    ]
  }
  const entry = newEvent(AgendaEntryAdded, delivery.personId, {
    personId: delivery.personId,
    meetingId: match.meetingId,
    kind: 'booking',
    key: query.key,
    linkedKeys: [...new Set([...(match.known?.linkedKeys ?? []), ...query.linkedKeys])],
    mergedMeetingIds: [...match.mergedMeetingIds],
    startsAt: query.startsAt ?? match.known?.startsAt ?? null,
    platformMeetingId: query.platformMeetingId ?? match.known?.platformMeetingId ?? null,
    contentDigest: digest ?? match.known?.contentDigest ?? null
  })
  return [
    ...mergeEvents(agenda, delivery.personId, match),
    factOf(command, match.meetingId, delivery.personId),
    entry,
    ...(match.known
      ? []
      : [
          newEvent(BookingLinked, bookingAggregateId(query.key), { bookingUri: query.key, personId: delivery.personId })
        ])
  ]
}

/** A change is known by its booking and its own time; a booking itself is compared by content. */
function isRecorded(command: BookingCommand, meeting: readonly RecordedEvent[]): boolean {
  const { uri } = command.booking
  switch (command.kind) {
    case 'booked':
      return false
    case 'superseded':
      return meeting.some(
        (event) =>
          isEvent(event, BookingSuperseded) &&
          event.data.bookingUri === uri &&
          (command.byUri === '' || event.data.supersededByUri === command.byUri)
      )
    case 'canceled':
      return meeting.some(
        (event) =>
          isEvent(event, MeetingCanceled) && event.data.bookingUri === uri && event.data.canceledAt === command.at
      )
    case 'no-show':
      return meeting.some(
        (event) =>
          isEvent(event, MeetingNoShowMarked) && event.data.bookingUri === uri && event.data.markedAt === command.at
      )
    case 'no-show-cleared':
      return meeting.some(
        (event) =>
          isEvent(event, MeetingNoShowCleared) && event.data.bookingUri === uri && event.data.clearedAt === command.at
      )
  }
}

function queryOf(command: BookingCommand): AgendaQuery {
  return {
    kind: 'booking',
    key: command.booking.uri,
    linkedKeys: linksOf(command),
    startsAt: command.booking.startsAt,
    platformMeetingId: command.booking.platformMeetingId
  }
}

function linksOf(command: BookingCommand): string[] {
  if (command.kind === 'booked') return command.booking.previousUri === null ? [] : [command.booking.previousUri]
  return command.kind === 'superseded' && command.byUri !== '' ? [command.byUri] : []
}

function factOf(command: BookingCommand, meetingId: string, personId: string): NewEvent {
  const ids = { meetingId, personId, bookingUri: command.booking.uri }
  const { customer } = command.booking
  switch (command.kind) {
    case 'booked':
      return bookingFact(command.booking, meetingId, personId)
    case 'superseded':
      return newEvent(BookingSuperseded, meetingId, {
        ...ids,
        customer,
        supersededByUri: command.byUri,
        supersededAt: command.at
      })
    case 'canceled':
      return newEvent(MeetingCanceled, meetingId, {
        ...ids,
        customer: customer ?? UNKNOWN_CUSTOMER,
        canceledAt: command.at,
        canceledBy: command.by,
        reason: command.reason,
        startsAt: command.booking.startsAt ?? command.at,
        endsAt: command.booking.endsAt ?? command.at,
        title: command.booking.title
      })
    case 'no-show':
      return newEvent(MeetingNoShowMarked, meetingId, { ...ids, customer, markedAt: command.at })
    case 'no-show-cleared':
      return newEvent(MeetingNoShowCleared, meetingId, { ...ids, customer, clearedAt: command.at })
  }
}

const UNKNOWN_CUSTOMER = { email: '', name: null, firstName: null, lastName: null, phone: null, timezone: null }

function bookingFact(booking: Booking, meetingId: string, personId: string): NewEvent {
  return newEvent(booking.previousUri === null ? MeetingBooked : MeetingRescheduled, meetingId, {
    meetingId,
    personId,
    bookingUri: booking.uri,
    previousBookingUri: booking.previousUri,
    customer: booking.customer,
    title: booking.title,
    startsAt: booking.startsAt,
    endsAt: booking.endsAt,
    bookedAt: booking.bookedAt,
    location: booking.location,
    host: booking.host,
    guests: [...booking.guests],
    answers: [...booking.answers],
    tracking: { ...booking.tracking }
  })
}

function digestOf(booking: Booking): string {
  const { customer, startsAt, endsAt, previousUri, location, answers } = booking
  return createHash('sha256')
    .update(JSON.stringify([customer, startsAt, endsAt, previousUri, location, answers]))
    .digest('hex')
}
