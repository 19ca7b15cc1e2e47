import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId } from '../scalars.ts'

export const MeetingsMerged = defineEvent({
  type: 'meetings.MeetingsMerged.v1',
  aggregate: 'meeting',
  description:
    'Two meetings turned out to be one, for example when the middle of a chain of reschedules came last. Recorded in the history of the meeting that stays.',
  data: Type.Object({
    meetingId: AggregateId,
    mergedMeetingId: AggregateId,
    personId: PersonId,
    bookingUris: Type.Array(Type.String()),
    sessionIds: Type.Array(Type.String())
  })
})
