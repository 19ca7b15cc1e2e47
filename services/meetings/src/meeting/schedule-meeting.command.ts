import {
  AgendaEntryAdded,
  BookingLinked,
  MeetingBooked,
  MeetingsMerged,
  ScheduleMeeting,
  type CommandData
} from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import { agendaRef } from '../agenda/booking-aggregate.ts'
import type { Booking } from '../agenda/booking-command.ts'
import { meetingOf } from '../agenda/decide-booking.ts'
import type { MeetingsDeps } from '../deps.ts'
import {
  guestRepeated,
  hostUnknown,
  linkAndRoom,
  mailNotConfigured,
  notConnectedForRoom,
  timezoneUnknown
} from '../errors.ts'
import { zoomHostRef } from '../zoom/zoom-host.ts'
import { book } from './change-meeting.ts'
import { isKnownHost } from './is-known-host.ts'
import { agendaOf } from './load-meeting.ts'
import { spanOf, type Span } from './meeting-time.ts'
import { ownBookingUri } from './own-booking.ts'

/** Books a meeting here. */
export const scheduleMeetingCommand = defineCommandHandler({
  command: ScheduleMeeting,
  emits: [MeetingBooked, AgendaEntryAdded, BookingLinked, MeetingsMerged],
  handle: async (asked, deps: MeetingsDeps, { commandId, personId, sentAt, load, transact }) => {
    const now = new Date(sentAt)
    const span = spanOf(asked, now)
    if ('refused' in span) return span
    const hostEmail = asked.hostEmail.trim().toLowerCase()
    if (asked.timezone !== undefined && !isTimezone(asked.timezone)) return timezoneUnknown(asked.timezone)
    if (asked.joinUrl !== undefined && asked.room === 'zoom') return linkAndRoom()
    const [user, zoomHost] = await Promise.all([
      load({ context: 'access', aggregate: 'user', id: deps.personId(hostEmail) }),
      load(zoomHostRef(hostEmail))
    ])
    const known = { user: user.events, zoomHost: zoomHost.events, ownDomains: deps.domains.ownDomains }
    if (!isKnownHost(hostEmail, known)) return hostUnknown(hostEmail)
    const booking = bookingOf(asked, { span, hostEmail, uri: ownBookingUri(commandId), now })
    const people = [booking.customer.email, hostEmail, ...booking.guests]
    if (new Set(people).size < people.length) return guestRepeated()
    if ((deps.invitations?.mailer ?? null) === null) return mailNotConfigured()
    const needsRoom = booking.location.kind === 'zoom'
    if (needsRoom && (await deps.rooms?.access.isGiven(hostEmail)) !== true) return notConnectedForRoom(hostEmail)
    const result = await transact({
      load: [agendaRef(personId)],
      decide: ([history]) =>
        book({ agenda: agendaOf(history?.events ?? []), history: [], personId, commandId }, booking)
    })
    if ('refusal' in result) return result.refusal
    const agenda = agendaOf((await load(agendaRef(personId))).events)
    return { meetingId: meetingOf(agenda, { kind: 'booked', booking }), bookingUri: booking.uri, ...span }
  }
})

function bookingOf(
  asked: CommandData<typeof ScheduleMeeting>,
  { span, hostEmail, uri, now }: { span: Span; hostEmail: string; uri: string; now: Date }
): Booking {
  const { customer, joinUrl = null, room = 'zoom' } = asked
  const kind = joinUrl !== null ? 'link' : room === 'zoom' ? 'zoom' : null
  return {
    uri,
    previousUri: null,
    ...span,
    customer: {
      email: customer.email.trim().toLowerCase(),
      name: customer.name.trim(),
      firstName: null,
      lastName: null,
      phone: customer.phone?.trim() ?? null,
      timezone: asked.timezone ?? null
    },
    title: asked.title.trim(),
    bookedAt: now.toISOString(),
    location: { kind, joinUrl, platformMeetingId: null },
    platformMeetingId: null,
    host: { name: asked.hostName?.trim() ?? null, email: hostEmail },
    guests: (asked.guests ?? []).map((guest) => guest.trim().toLowerCase()),
    answers: [],
    tracking: {}
  }
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return /[A-Za-z]/.test(name)
  } catch {
    return false
  }
}
