import { isEvent, isOwnBooking, MeetingCanceled, type RecordedEvent } from '@leadlog/contracts'
import { emptyMeeting, evolveMeeting, openRooms, standingBooking, type Meeting } from '../meeting/meeting.ts'

/** What everybody is told of a meeting. */
export interface InvitationContent {
  readonly isCanceled: boolean
  readonly reason: string | null
  readonly bookingUri: string
  readonly title: string
  readonly startsAt: string
  readonly endsAt: string
  readonly link: string | null
  readonly host: { readonly email: string | null; readonly name: string | null }
  readonly customer: { readonly email: string; readonly name: string | null; readonly timezone: string | null }
  readonly guests: readonly string[]
}

/** One state of the invitation. Its place among all of the meeting is its sequence in iCalendar. */
export interface Revision {
  readonly sequence: number
  readonly content: InvitationContent
}

/**
 * Every state that the invitation of a meeting had, by its history: what is added to the history adds to them and changes none. So each sequence stands for one
 * content, whoever mails it and whenever. Pure.
 *
 * Nobody is invited by us to a booking at another calendar that has a link, since that calendar invites. A meeting that waits for its room is not
 * told of before it has one, or is refused one.
 *
 * @param history whole, see `wholeHistory`
 */
export function revisionsOf(history: readonly RecordedEvent[]): Revision[] {
  const revisions: Revision[] = []
  let meeting: Meeting = emptyMeeting
  for (const event of history) {
    meeting = evolveMeeting(meeting, event)
    const last = revisions.at(-1)
    const content = contentOf(
      meeting,
      last?.content ?? null,
      isEvent(event, MeetingCanceled) ? event.data.reason : null
    )
    if (content === null || JSON.stringify(content) === JSON.stringify(last?.content)) continue
    revisions.push({ sequence: revisions.length, content })
  }
  return revisions
}

/** The content as it is called off. */
export function calledOff(content: InvitationContent, reason: string | null): InvitationContent {
  return { ...content, isCanceled: true, reason }
}

/** Who gets a mail: customer, host and guests, each once. */
export function recipientsOf({ customer, host, guests }: InvitationContent): string[] {
  return [...new Set([customer.email, ...(host.email === null ? [] : [host.email]), ...guests])]
}

function contentOf(meeting: Meeting, last: InvitationContent | null, reason: string | null): InvitationContent | null {
  const booking = standingBooking(meeting)
  if (booking === null) return null
  if (booking.canceled !== null) {
    return last === null || last.isCanceled ? last : calledOff(last, reason ?? booking.canceled.reason)
  }
  const { facts } = booking
  const rooms = openRooms(meeting)
  const room = rooms.find(({ hostEmail }) => hostEmail === facts.host.email) ?? rooms[0]
  const link = meeting.link ?? facts.location.joinUrl ?? room?.joinUrl ?? null
  const isOwn = isOwnBooking(facts.bookingUri)
  const isWaiting = link === null && meeting.failure === null && (!isOwn || facts.location.kind === 'zoom')
  const isOurs = isOwn || meeting.link !== null || room !== undefined || last !== null
  if (isWaiting || !isOurs) return null
  // Without a link there is nothing to say of a booking that another calendar has invited to.
  if (!isOwn && link === null) return null
  const { title, startsAt, endsAt, host, customer, guests } = facts
  return {
    ...{ isCanceled: false, reason: null, bookingUri: facts.bookingUri, title, startsAt, endsAt, link },
    host: { email: host.email, name: host.name },
    customer: { email: customer.email, name: customer.name, timezone: customer.timezone },
    guests
  }
}
