import {
  derivedId,
  isEvent,
  ZoomRoomLinked,
  ZoomWebhookNoted,
  type AggregateRef,
  type DataOf,
  type RecordedEvent
} from '@leadlog/contracts'
import { SAME_ROOM_WINDOW_MS } from '../agenda/agenda.ts'

export type RoomLink = DataOf<typeof ZoomRoomLinked>
export type NotedWebhook = DataOf<typeof ZoomWebhookNoted>

/** A meeting number of Zoom: the bookings that take place under it, and the webhooks that named it. */
export interface ZoomRoom {
  /** By booking; of a booking that was moved, its newest time. */
  readonly links: ReadonlyMap<string, RoomLink>
  /** By webhook, as it was taken last. */
  readonly noted: ReadonlyMap<string, NotedWebhook & { readonly times: number }>
}

export function zoomRoomId(platformMeetingId: string): string {
  return derivedId('zoom-room', platformMeetingId)
}

export function zoomRoomRef(platformMeetingId: string): AggregateRef {
  return { context: 'meetings', aggregate: 'zoom-room', id: zoomRoomId(platformMeetingId) }
}

export function zoomRoomOf(events: readonly RecordedEvent[]): ZoomRoom {
  const links = new Map<string, RoomLink>()
  const noted = new Map<string, NotedWebhook & { times: number }>()
  for (const event of events) {
    if (isEvent(event, ZoomRoomLinked)) links.set(event.data.bookingUri, event.data)
    if (isEvent(event, ZoomWebhookNoted)) {
      const { webhookId } = event.data
      noted.set(webhookId, { ...event.data, times: (noted.get(webhookId)?.times ?? 0) + 1 })
    }
  }
  return { links, noted }
}

/**
 * The booking under which an instance took place: of those that start within half a day of it the nearest, of equally near
 * ones the earlier. It follows from what is linked and not from the order in which it was; null where there is none.
 */
export function linkAt(links: Iterable<RoomLink>, startedAt: string): RoomLink | null {
  const distance = (link: RoomLink): number => Math.abs(Date.parse(link.startsAt) - Date.parse(startedAt))
  const near = [...links].filter((link) => distance(link) <= SAME_ROOM_WINDOW_MS)
  const [nearest] = near.sort(
    (a, b) =>
      distance(a) - distance(b) || a.startsAt.localeCompare(b.startsAt) || a.bookingUri.localeCompare(b.bookingUri)
  )
  return nearest ?? null
}

/** The number of a meeting in a link to join it; null for any other link. */
export function numberInZoomLink(joinUrl: string): string | null {
  if (!URL.canParse(joinUrl)) return null
  const { hostname, pathname } = new URL(joinUrl)
  if (!/(^|\.)zoom(gov)?\.(us|com)$/.test(hostname)) return null
  return /^\/(?:j|w|s|wc\/join)\/(\d{9,15})(?:\/|$)/.exec(pathname)?.[1] ?? null
}
