import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Timestamp } from '../scalars.ts'
import { JoinUrl, meetingIds, PlatformMeetingId, RoomProvider } from './room.ts'

export const MeetingRoomOpened = defineEvent({
  type: 'meetings.MeetingRoomOpened.v1',
  aggregate: 'meeting',
  description:
    'A meeting got a room of ours at a platform, since its booking brought none. Once per room; the room stays while the booking is replaced by others.',
  data: Type.Object({
    ...meetingIds,
    provider: RoomProvider,
    platformMeetingId: PlatformMeetingId,
    joinUrl: JoinUrl,
    hostEmail: Type.String({ description: 'lower case' }),
    startsAt: Timestamp,
    endsAt: Timestamp,
    openedAt: Timestamp
  })
})
