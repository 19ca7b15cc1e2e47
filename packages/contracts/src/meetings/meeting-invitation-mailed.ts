import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { OneOf, Timestamp } from '../scalars.ts'
import { meetingIds } from './room.ts'

export const MeetingInvitationMailed = defineEvent({
  type: 'meetings.MeetingInvitationMailed.v1',
  aggregate: 'meeting',
  description:
    'A mail server took the invitation for calendars, its change, or its cancellation. Once per sequence; sequences that were overtaken are left out.',
  data: Type.Object({
    ...meetingIds,
    method: OneOf('REQUEST', 'CANCEL'),
    sequence: Type.Integer({ minimum: 0, description: 'of iCalendar: rises with each change' }),
    uid: Type.String({ description: 'of iCalendar: the same for all mails about the meeting' }),
    startsAt: Timestamp,
    endsAt: Timestamp,
    hasLink: Type.Boolean(),
    recipients: Type.Integer({ minimum: 1 }),
    mailedAt: Timestamp
  })
})
