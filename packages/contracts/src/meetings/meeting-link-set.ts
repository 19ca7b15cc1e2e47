import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Timestamp } from '../scalars.ts'
import { JoinUrl, meetingIds } from './room.ts'

export const MeetingLinkSet = defineEvent({
  type: 'meetings.MeetingLinkSet.v1',
  aggregate: 'meeting',
  description: 'Somebody gave the meeting a link by hand. It takes the place of a room of ours.',
  data: Type.Object({ ...meetingIds, joinUrl: JoinUrl, setAt: Timestamp })
})
