import {
  BookingSuperseded,
  isEvent,
  MeetingBooked,
  MeetingCanceled,
  MeetingInvitationMailed,
  MeetingLinkSet,
  MeetingRescheduled,
  MeetingRoomClosed,
  MeetingRoomFailed,
  MeetingRoomMoved,
  MeetingRoomOpened,
  MeetingsMerged,
  type DataOf,
  type RecordedEvent
} from '@leadlog/contracts'

export type BookingFacts = DataOf<typeof MeetingBooked>

/** A booking of a meeting, as far as it is known. */
export interface KnownBooking {
  readonly uri: string
  /** Null while only its end is known. */
  readonly facts: BookingFacts | null
  readonly isSuperseded: boolean
  readonly canceled: { readonly at: string; readonly reason: string | null } | null
}

/** A room of ours at a platform. */
export interface Room {
  readonly id: string
  readonly hostEmail: string
  readonly joinUrl: string
  readonly startsAt: string
  readonly endsAt: string
  readonly isOpen: boolean
}

export type RoomFailure = DataOf<typeof MeetingRoomFailed>
export type MailedInvitation = DataOf<typeof MeetingInvitationMailed>

/** A meeting as its history tells of it: bookings, rooms, link and invitations. */
export interface Meeting {
  readonly bookings: ReadonlyMap<string, KnownBooking>
  /** By the platform's number, in the order in which they were opened. */
  readonly rooms: ReadonlyMap<string, Room>
  /** The link that was set by hand. */
  readonly link: string | null
  /** The newest refusal that nothing has mended since. */
  readonly failure: RoomFailure | null
  /** How often a room's time was changed at the platform. */
  readonly moves: number
  readonly invitations: readonly MailedInvitation[]
}

export const emptyMeeting: Meeting = {
  bookings: new Map(),
  rooms: new Map(),
  link: null,
  failure: null,
  moves: 0,
  invitations: []
}

export function evolveMeeting(meeting: Meeting, event: RecordedEvent): Meeting {
  if (isEvent(event, MeetingBooked) || isEvent(event, MeetingRescheduled)) {
    return withBooking(meeting, event.data.bookingUri, { facts: event.data })
  }
  if (isEvent(event, BookingSuperseded)) return withBooking(meeting, event.data.bookingUri, { isSuperseded: true })
  if (isEvent(event, MeetingCanceled)) {
    const { bookingUri, canceledAt: at, reason } = event.data
    return withBooking(meeting, bookingUri, { canceled: { at, reason } })
  }
  if (isEvent(event, MeetingRoomOpened)) {
    const { platformMeetingId: id, hostEmail, joinUrl, startsAt, endsAt } = event.data
    const room = { id, hostEmail, joinUrl, startsAt, endsAt, isOpen: true }
    return { ...meeting, rooms: new Map(meeting.rooms).set(id, room), failure: null }
  }
  if (isEvent(event, MeetingRoomMoved)) {
    const { platformMeetingId: id, startsAt, endsAt } = event.data
    return { ...withRoom(meeting, id, { startsAt, endsAt }), moves: meeting.moves + 1, failure: null }
  }
  if (isEvent(event, MeetingRoomClosed)) {
    return { ...withRoom(meeting, event.data.platformMeetingId, { isOpen: false }), failure: null }
  }
  if (isEvent(event, MeetingRoomFailed)) return { ...meeting, failure: event.data }
  if (isEvent(event, MeetingLinkSet)) return { ...meeting, link: event.data.joinUrl, failure: null }
  if (isEvent(event, MeetingInvitationMailed)) {
    return { ...meeting, invitations: [...meeting.invitations, event.data] }
  }
  return meeting
}

/**
 * A meeting's history with that of each meeting that turned out to be it, at the place where that was found out. So what is
 * known of the past stays the beginning of what is known later.
 *
 * @param absorbed histories by meeting id
 */
export function wholeHistory(
  events: readonly RecordedEvent[],
  absorbed: ReadonlyMap<string, readonly RecordedEvent[]>
): RecordedEvent[] {
  return events.flatMap((event) =>
    isEvent(event, MeetingsMerged)
      ? [...wholeHistory(absorbed.get(event.data.mergedMeetingId) ?? [], absorbed), event]
      : [event]
  )
}

export function meetingOfHistory(
  events: readonly RecordedEvent[],
  absorbed: ReadonlyMap<string, readonly RecordedEvent[]> = new Map()
): Meeting {
  return wholeHistory(events, absorbed).reduce(evolveMeeting, emptyMeeting)
}

/** A booking whose details are known. */
export type StandingBooking = KnownBooking & { readonly facts: BookingFacts }

/** The booking that speaks for the meeting: the end of its chain of reschedules. Null while that is not known. */
export function standingBooking({ bookings }: Meeting): StandingBooking | null {
  const known = [...bookings.values()]
  const replaced = new Set(known.map(({ facts }) => facts?.previousBookingUri))
  const last = known
    .filter((one): one is StandingBooking => one.facts !== null && !one.isSuperseded && !replaced.has(one.uri))
    .sort((a, b) => rankOf(a) - rankOf(b) || Date.parse(a.facts.bookedAt) - Date.parse(b.facts.bookedAt))
  return last.at(-1) ?? null
}

/** The rooms that are open, the first one first. */
export function openRooms({ rooms }: Meeting): Room[] {
  return [...rooms.values()].filter(({ isOpen }) => isOpen)
}

function rankOf({ canceled }: KnownBooking): number {
  return canceled === null ? 1 : 0
}

function withBooking(meeting: Meeting, uri: string, change: Partial<KnownBooking>): Meeting {
  const known = meeting.bookings.get(uri) ?? { uri, facts: null, isSuperseded: false, canceled: null }
  return { ...meeting, bookings: new Map(meeting.bookings).set(uri, { ...known, ...change }) }
}

function withRoom(meeting: Meeting, id: string, change: Partial<Room>): Meeting {
  const room = meeting.rooms.get(id)
  return room === undefined ? meeting : { ...meeting, rooms: new Map(meeting.rooms).set(id, { ...room, ...change }) }
}
