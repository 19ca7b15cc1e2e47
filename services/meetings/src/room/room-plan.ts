import { ERASED_TEXT, isOwnBooking } from '@leadlog/contracts'
import {
  openRooms,
  standingBooking,
  type BookingFacts,
  type Meeting,
  type Room,
  type StandingBooking
} from '../meeting/meeting.ts'

/** What is to be done next at the platform. */
export type RoomStep =
  | { readonly do: 'open'; readonly booking: StandingBooking; readonly hostEmail: string }
  | { readonly do: 'move'; readonly booking: StandingBooking; readonly room: Room }
  | { readonly do: 'close'; readonly booking: StandingBooking; readonly room: Room; readonly because: CloseReason }
  | { readonly do: 'nothing' }

export type CloseReason = 'canceled' | 'erased' | 'other-link' | 'other-host' | 'one-too-many' | 'gone'

/** Where a booking names no place, or Zoom without saying where. A phone call, or a place to go to, needs no room. */
const PLACES_WITHOUT_LINK: ReadonlySet<string | null> = new Set([null, 'zoom', 'zoom_conference'])

const NOTHING: RoomStep = { do: 'nothing' }

/** Whether a booking is to have a room of ours. @param isFor whether the host's bookings at other calendars get one */
export function wantsRoom(booking: BookingFacts, isFor: (hostEmail: string) => boolean): boolean {
  const { location, host, bookingUri } = booking
  if (location.joinUrl !== null || host.email === null) return false
  if (isOwnBooking(bookingUri)) return location.kind === 'zoom'
  return PLACES_WITHOUT_LINK.has(location.kind) && isFor(host.email)
}

/**
 * The next step towards one room where there should be one, and none where there should be none. Pure: whatever was done in whatever order, the steps
 * that follow lead to the same end.
 */
export function nextRoomStep(
  meeting: Meeting,
  { isWanted, now }: { isWanted: (booking: BookingFacts) => boolean; now: Date }
): RoomStep {
  const rooms = openRooms(meeting)
  const booking = standingBooking(meeting)
  // The earlier time was given up and the next is not known yet: the room stays.
  if (booking === null) return NOTHING
  const close = (room: Room | undefined, because: CloseReason): RoomStep =>
    room === undefined ? NOTHING : { do: 'close', booking, room, because }
  const { facts } = booking
  if (facts.customer.email === ERASED_TEXT) return close(rooms[0], 'erased')
  if (booking.canceled !== null) return close(rooms[0], 'canceled')
  if (Date.parse(facts.endsAt) <= now.getTime()) return NOTHING
  if (meeting.link !== null || facts.location.joinUrl !== null) return close(rooms[0], 'other-link')
  const hostEmail = facts.host.email ?? rooms[0]?.hostEmail
  if (hostEmail === undefined) return NOTHING
  const room = rooms.find((one) => one.hostEmail === hostEmail)
  if (room === undefined) {
    return rooms.length > 0 || isWanted(facts) ? { do: 'open', booking, hostEmail } : NOTHING
  }
  if (!isSameSlot(room, facts)) return { do: 'move', booking, room }
  const other = rooms.find((one) => one.id !== room.id)
  return close(other, other?.hostEmail === hostEmail ? 'one-too-many' : 'other-host')
}

/** Length of a meeting as the platform counts it. */
export function minutesOf({ startsAt, endsAt }: { startsAt: string; endsAt: string }): number {
  return Math.max(1, Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / 60_000))
}

/** The platform knows whole seconds and minutes. */
function isSameSlot(a: { startsAt: string; endsAt: string }, b: { startsAt: string; endsAt: string }): boolean {
  return secondOf(a.startsAt) === secondOf(b.startsAt) && minutesOf(a) === minutesOf(b)
}

function secondOf(time: string): number {
  return Math.floor(Date.parse(time) / 1_000)
}
