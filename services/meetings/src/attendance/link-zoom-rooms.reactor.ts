import {
  isEvent,
  MeetingBooked,
  MeetingChangedAtZoom,
  MeetingEnded,
  MeetingInstanceMoved,
  MeetingLinkSet,
  MeetingRecordingReported,
  MeetingRescheduled,
  MeetingRoomMoved,
  MeetingRoomOpened,
  MeetingStarted,
  newEvent,
  ParticipantJoined,
  ParticipantLeft,
  ZoomRoomLinked,
  ZoomWebhookNoted,
  type EventOf
} from '@leadlog/contracts'
import { isPersonErased } from '@leadlog/event-log'
import { defineReactor, type HandlerContext } from '@leadlog/service'
import { bookingFactsOf } from './booking-facts.ts'
import type { MeetingsDeps } from '../deps.ts'
import { readDeliveryAgain } from './read-delivery.ts'
import { takeTold } from './take-told.ts'
import { translateDelivery } from './translate-delivery.ts'
import { linkAt, numberInZoomLink, zoomRoomId, zoomRoomOf, zoomRoomRef, type RoomLink } from './zoom-room.ts'

const linking = [MeetingBooked, MeetingRescheduled, MeetingRoomOpened, MeetingRoomMoved, MeetingLinkSet] as const
type Linking = EventOf<(typeof linking)[number]>

/**
 * Bookings under a meeting number of Zoom → which meeting the number is. Webhooks that came before, or that were taken for another
 * booking under the number, are read again and recorded where they belong.
 */
export const linkZoomRooms = defineReactor({
  name: 'link-zoom-rooms',
  on: linking,
  emits: [ZoomRoomLinked],
  concurrency: 8,
  orderKey: (event) => (event.data as { personId: string }).personId,
  handle: async (event, deps: MeetingsDeps, context) => {
    const link = await linkOf(event, context)
    if (link === null) return
    const ref = zoomRoomRef(link.platformMeetingId)
    await context.transact({
      load: [ref],
      decide: ([history]) => {
        const known = zoomRoomOf(history?.events ?? []).links.get(link.bookingUri)
        const isKnown = known?.startsAt === link.startsAt && known.endsAt === link.endsAt
        return isKnown ? [] : [newEvent(ZoomRoomLinked, link.roomId, link)]
      }
    })
    const room = zoomRoomOf((await context.load(ref)).events)
    for (const noted of room.noted.values()) {
      const right = linkAt(room.links.values(), noted.startedAt)
      if (right !== null && right.meetingId !== noted.meetingId) await takeAgain(noted.webhookId, deps)
    }
  }
})

async function linkOf(event: Linking, context: HandlerContext): Promise<RoomLink | null> {
  const { meetingId, personId, bookingUri } = event.data
  const to = (number: string, startsAt: string, endsAt: string): RoomLink => ({
    roomId: zoomRoomId(number),
    platformMeetingId: number,
    meetingId,
    personId,
    bookingUri,
    startsAt,
    endsAt
  })
  if (isEvent(event, MeetingRoomOpened) || isEvent(event, MeetingRoomMoved)) {
    const { platformMeetingId, startsAt, endsAt } = event.data
    return to(platformMeetingId, startsAt, endsAt)
  }
  if (isEvent(event, MeetingLinkSet)) {
    const number = numberInZoomLink(event.data.joinUrl)
    const facts = number === null ? null : await bookingFactsOf(context, meetingId, bookingUri)
    return number === null || facts === null ? null : to(number, facts.startsAt, facts.endsAt)
  }
  const { location, startsAt, endsAt } = event.data
  const { platformMeetingId: id } = location
  const isZoom = id !== null && /^\d{9,15}$/.test(id) && (location.kind ?? 'zoom').includes('zoom')
  const number = isZoom ? id : location.joinUrl === null ? null : numberInZoomLink(location.joinUrl)
  return number === null ? null : to(number, startsAt, endsAt)
}

/** Reads a webhook again, on its own behalf: what it leads to stands with it and not with the booking. */
async function takeAgain(webhookId: string, deps: MeetingsDeps): Promise<void> {
  const read = await readDeliveryAgain(webhookId, deps)
  if (read === null) return
  const told = translateDelivery(read.delivery)
  if ('ignored' in told) return
  const { log, own } = deps
  try {
    await takeTold(told, webhookId, own, {
      load: (ref) => log.load(ref),
      transact: ({ step = '', load, decide }) =>
        log.transact({
          cause: { id: webhookId, correlationId: read.webhook.correlationid },
          handler: `meetings-zoom-again/${step}`,
          actor: 'service:meetings',
          load,
          decide
        })
    })
  } catch (error) {
    if (!isPersonErased(error)) throw error
  }
}

/** What {@link takeAgain} records. */
export const takenAgain = [
  ZoomWebhookNoted,
  MeetingStarted,
  MeetingEnded,
  ParticipantJoined,
  ParticipantLeft,
  MeetingInstanceMoved,
  MeetingChangedAtZoom,
  MeetingRecordingReported
] as const
