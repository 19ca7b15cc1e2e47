import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, PersonId, Timestamp } from '../scalars.ts'

export const MeetingNoteTaken = defineEvent({
  type: 'meetings.MeetingNoteTaken.v1',
  aggregate: 'meeting',
  description: 'Somebody of ours wrote something down about a meeting. Once per note; the actor says who it was.',
  data: Type.Object({
    meetingId: AggregateId,
    personId: PersonId,
    noteId: AggregateId,
    text: pii(Type.String()),
    takenAt: Timestamp
  })
})
