import {
  isEvent,
  MeetingInvitationMailed,
  MeetingLinkSet,
  MeetingRoomClosed,
  MeetingRoomFailed,
  MeetingRoomMoved,
  MeetingRoomOpened,
  type DataOf,
  type EventOf
} from '@leadlog/contracts'

/** What tells where a meeting is, and who was told of it. */
export const roomEvents = [
  MeetingRoomOpened,
  MeetingRoomMoved,
  MeetingRoomClosed,
  MeetingRoomFailed,
  MeetingLinkSet,
  MeetingInvitationMailed
] as const
export type RoomEvent = EventOf<(typeof roomEvents)[number]>

/** A room of ours at a platform. */
export interface Room {
  readonly platformMeetingId: string
  readonly provider: 'zoom'
  readonly joinUrl: string
  readonly hostEmail: string
  readonly openedAt: string
  readonly movedAt: string | null
  readonly closedAt: string | null
  readonly closedBecause: DataOf<typeof MeetingRoomClosed>['because'] | null
}

/** What the platform refused. */
export type RoomFailure = Pick<
  DataOf<typeof MeetingRoomFailed>,
  'doing' | 'reason' | 'detail' | 'hostEmail' | 'retryAt' | 'failedAt'
>

/** A mail with a file for calendars that went out. */
export type Invitation = Pick<
  DataOf<typeof MeetingInvitationMailed>,
  'method' | 'sequence' | 'startsAt' | 'endsAt' | 'hasLink' | 'recipients' | 'mailedAt'
>

/** Rooms, link and invitations of a meeting. */
export interface MeetingRooms {
  /** By the platform's number. */
  readonly rooms: Readonly<Record<string, Room>>
  /** The link that was set by hand. */
  readonly link: { readonly joinUrl: string; readonly setAt: string } | null
  /** The newest refusal. */
  readonly failure: RoomFailure | null
  /** When something was last done that mends a refusal before it. */
  readonly mendedAt: string | null
  readonly invitations: readonly Invitation[]
}

export const NO_ROOMS: MeetingRooms = { rooms: {}, link: null, failure: null, mendedAt: null, invitations: [] }

/** The rooms with what was told. */
export function withRoomEvent(before: MeetingRooms, event: RoomEvent): MeetingRooms {
  if (isEvent(event, MeetingRoomOpened)) {
    const { provider, platformMeetingId, joinUrl, hostEmail, openedAt } = event.data
    const opened = { provider, platformMeetingId, joinUrl, hostEmail, openedAt }
    return withRoom(before, { ...opened, movedAt: null, closedAt: null, closedBecause: null }, openedAt)
  }
  if (isEvent(event, MeetingRoomMoved)) {
    const { platformMeetingId, movedAt } = event.data
    const room = before.rooms[platformMeetingId]
    return room === undefined ? before : withRoom(before, { ...room, movedAt }, movedAt)
  }
  if (isEvent(event, MeetingRoomClosed)) {
    const { platformMeetingId, closedAt, because } = event.data
    const room = before.rooms[platformMeetingId]
    return room === undefined ? before : withRoom(before, { ...room, closedAt, closedBecause: because }, closedAt)
  }
  if (isEvent(event, MeetingRoomFailed)) {
    const { doing, reason, detail, hostEmail, retryAt, failedAt } = event.data
    return { ...before, failure: { doing, reason, detail, hostEmail, retryAt, failedAt } }
  }
  if (isEvent(event, MeetingLinkSet)) {
    const { joinUrl, setAt } = event.data
    return { ...before, link: { joinUrl, setAt }, mendedAt: later(before.mendedAt, setAt) }
  }
  const { method, sequence, startsAt, endsAt, hasLink, recipients, mailedAt } = event.data
  const mailed = { method, sequence, startsAt, endsAt, hasLink, recipients, mailedAt }
  return { ...before, invitations: [...before.invitations, mailed] }
}

/** Those of a meeting and of the meetings that turned out to be it. */
export function mergedRooms(parts: readonly MeetingRooms[]): MeetingRooms {
  return parts.reduce(
    (a, b) => ({
      rooms: { ...a.rooms, ...b.rooms },
      link: newer(a.link, b.link, ({ setAt }) => setAt),
      failure: newer(a.failure, b.failure, ({ failedAt }) => failedAt),
      mendedAt: later(a.mendedAt, b.mendedAt),
      invitations: [...a.invitations, ...b.invitations].sort((x, y) => x.mailedAt.localeCompare(y.mailedAt))
    }),
    NO_ROOMS
  )
}

/** The room that is open; of several the first. Null where there is none. */
export function openRoom({ rooms }: MeetingRooms): Room | null {
  return inOrder(rooms).find(({ closedAt }) => closedAt === null) ?? null
}

/** The room that was closed last; null where there was none. */
export function lastClosedRoom({ rooms }: MeetingRooms): Room | null {
  const closed = inOrder(rooms).filter(({ closedAt }) => closedAt !== null)
  return closed.sort((a, b) => (a.closedAt ?? '').localeCompare(b.closedAt ?? '')).at(-1) ?? null
}

/** The refusal that nothing has mended since; null where there is none. */
export function standingFailure({ failure, mendedAt }: MeetingRooms): RoomFailure | null {
  return failure === null || (mendedAt !== null && Date.parse(mendedAt) >= Date.parse(failure.failedAt))
    ? null
    : failure
}

/** Where everybody joins: the link that was set, else the room's; null where there is neither. */
export function joinUrlOf(rooms: MeetingRooms): string | null {
  return rooms.link?.joinUrl ?? openRoom(rooms)?.joinUrl ?? null
}

function inOrder(rooms: MeetingRooms['rooms']): Room[] {
  return Object.values(rooms).sort(
    (a, b) => a.openedAt.localeCompare(b.openedAt) || a.platformMeetingId.localeCompare(b.platformMeetingId)
  )
}

function withRoom(before: MeetingRooms, room: Room, at: string): MeetingRooms {
  return {
    ...before,
    rooms: { ...before.rooms, [room.platformMeetingId]: room },
    mendedAt: later(before.mendedAt, at)
  }
}

function later(a: string | null, b: string | null): string | null {
  return newer(a, b, (time) => time)
}

/** The one of the later moment; of one and the same moment the second. */
export function newer<Part>(a: Part | null, b: Part | null, at: (part: Part) => string): Part | null {
  if (a === null || b === null) return a ?? b
  return Date.parse(at(b)) >= Date.parse(at(a)) ? b : a
}
