import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId } from '../scalars.ts'
import { PlatformMeetingId } from './room.ts'
import { standingMeetingRefusals } from './reschedule-meeting.ts'

export const OpenMeetingRoom = defineCommand({
  service: 'meetings',
  name: 'OpenMeetingRoom',
  description:
    'Opens a room at Zoom for a booked meeting that has no link, also where an earlier attempt was refused. That there is one already is no error.',
  data: Type.Object({ meetingId: AggregateId }, { additionalProperties: false }),
  result: Type.Object({ meetingId: AggregateId, platformMeetingId: PlatformMeetingId }),
  refusals: {
    ...standingMeetingRefusals,
    MEETINGS_HAS_LINK: 'the meeting has a link already',
    MEETINGS_HOST_MISSING: 'the booking names no host',
    MEETINGS_ZOOM_NOT_SET_UP: 'rooms need Zoom and DATABASE_URL to be set up',
    MEETINGS_ROOM_REFUSED: 'Zoom does not open the room; the message says why'
  }
})
