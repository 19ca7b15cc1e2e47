import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { OneOf, Timestamp } from '../scalars.ts'
import { meetingIds, PlatformMeetingId, RoomProvider } from './room.ts'

export const MeetingRoomClosed = defineEvent({
  type: 'meetings.MeetingRoomClosed.v1',
  aggregate: 'meeting',
  description: 'A room of ours was deleted at the platform, or was gone there. Once per room.',
  data: Type.Object({
    ...meetingIds,
    provider: RoomProvider,
    platformMeetingId: PlatformMeetingId,
    because: OneOf('canceled', 'erased', 'other-link', 'other-host', 'one-too-many', 'gone'),
    closedAt: Timestamp
  })
})
