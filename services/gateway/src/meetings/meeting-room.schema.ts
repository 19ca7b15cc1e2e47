import { Nullable, OneOf, Timestamp, roomFailures } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import { joinUrlOf, lastClosedRoom, openRoom, standingFailure, type MeetingRooms } from './meeting-rooms.ts'

/** `link`: somebody gave a link by hand; `failed`: the platform refused, and somebody has to do something. */
export const roomStates = ['opened', 'moved', 'link', 'closed', 'failed'] as const

/** Where the meeting is, as far as that was arranged here; its booking may bring a link of its own. */
export const RoomAnswer = Type.Object({
  state: OneOf(...roomStates),
  changedAt: Timestamp,
  joinUrl: Nullable(Type.String()),
  platformMeetingId: Nullable(Type.String()),
  hostEmail: Nullable(Type.String()),
  closedBecause: Nullable(Type.String()),
  failure: Nullable(
    Type.Object({
      doing: OneOf('open', 'move', 'close'),
      reason: OneOf(...roomFailures),
      detail: Type.String({ description: 'what to do about it' }),
      retryAt: Nullable(Timestamp),
      failedAt: Timestamp
    })
  )
})
export type RoomAnswer = Static<typeof RoomAnswer>

export const InvitationAnswer = Type.Object({
  method: OneOf('REQUEST', 'CANCEL'),
  sequence: Type.Integer(),
  startsAt: Timestamp,
  endsAt: Timestamp,
  hasLink: Type.Boolean(),
  recipients: Type.Integer({ description: 'to how many people it went' }),
  mailedAt: Timestamp
})

/** Null where nothing was arranged here. */
export function roomAnswer(rooms: MeetingRooms): RoomAnswer | null {
  const failure = standingFailure(rooms)
  const room = openRoom(rooms) ?? lastClosedRoom(rooms)
  const place = {
    joinUrl: joinUrlOf(rooms),
    platformMeetingId: rooms.link === null ? (room?.platformMeetingId ?? null) : null,
    hostEmail: room?.hostEmail ?? failure?.hostEmail ?? null,
    closedBecause: room?.closedBecause ?? null,
    failure: null
  }
  if (failure !== null) {
    const { hostEmail: _host, ...told } = failure
    return { ...place, state: 'failed', changedAt: failure.failedAt, failure: told }
  }
  if (rooms.link !== null) return { ...place, state: 'link', changedAt: rooms.link.setAt }
  if (room === null) return null
  if (room.closedAt !== null) return { ...place, state: 'closed', changedAt: room.closedAt }
  return { ...place, state: room.movedAt === null ? 'opened' : 'moved', changedAt: room.movedAt ?? room.openedAt }
}
