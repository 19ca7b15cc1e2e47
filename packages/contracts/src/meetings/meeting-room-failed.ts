import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Nullable, OneOf, Timestamp } from '../scalars.ts'
import { meetingIds, PlatformMeetingId, RoomProvider, roomFailures } from './room.ts'

export const MeetingRoomFailed = defineEvent({
  type: 'meetings.MeetingRoomFailed.v1',
  aggregate: 'meeting',
  description:
    'The platform refused to open, move or close a room. Somebody sets a link by hand, or mends the reason and asks again; a daily limit is waited for.',
  data: Type.Object({
    ...meetingIds,
    provider: RoomProvider,
    doing: OneOf('open', 'move', 'close'),
    platformMeetingId: Nullable(PlatformMeetingId),
    hostEmail: Nullable(Type.String()),
    reason: OneOf(...roomFailures),
    detail: Type.String({ description: 'what to do about it, for people' }),
    retryAt: Nullable(Timestamp),
    failedAt: Timestamp
  })
})
