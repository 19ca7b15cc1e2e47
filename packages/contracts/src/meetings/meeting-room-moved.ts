import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Timestamp } from '../scalars.ts'
import { meetingIds, PlatformMeetingId, RoomProvider } from './room.ts'

export const MeetingRoomMoved = defineEvent({
  type: 'meetings.MeetingRoomMoved.v1',
  aggregate: 'meeting',
  description: 'The platform has the new time of a room of ours. Number and link stay what they were.',
  data: Type.Object({
    ...meetingIds,
    provider: RoomProvider,
    platformMeetingId: PlatformMeetingId,
    startsAt: Timestamp,
    endsAt: Timestamp,
    movedAt: Timestamp
  })
})
