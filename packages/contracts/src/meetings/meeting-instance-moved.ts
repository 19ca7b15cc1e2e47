import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId } from '../scalars.ts'

export const MeetingInstanceMoved = defineEvent({
  type: 'meetings.MeetingInstanceMoved.v1',
  aggregate: 'meeting',
  description:
    'A booking that became known later shows that an instance was of another meeting: what was recorded of it here does not count any more, and is recorded there.',
  data: Type.Object({
    meetingId: AggregateId,
    personId: PersonId,
    uuid: Type.String(),
    toMeetingId: AggregateId
  })
})
