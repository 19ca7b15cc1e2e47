import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, OneOf, PersonId, Timestamp } from '../scalars.ts'

export const MeetingChangedAtZoom = defineEvent({
  type: 'meetings.MeetingChangedAtZoom.v1',
  aggregate: 'meeting',
  description:
    'Somebody moved or deleted a meeting in Zoom itself, so that it differs from what was agreed with the customer. The booking stays as it is: nobody has told the customer.',
  data: Type.Object({
    meetingId: AggregateId,
    personId: PersonId,
    platformMeetingId: Type.String(),
    change: OneOf('moved', 'deleted'),
    /** The new time; null where it was deleted, or has none any more. */
    startsAt: Nullable(Timestamp),
    changedAt: Timestamp
  })
})
