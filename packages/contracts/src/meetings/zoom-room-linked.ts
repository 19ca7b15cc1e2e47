import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId, Timestamp } from '../scalars.ts'

export const ZoomRoomLinked = defineEvent({
  type: 'meetings.ZoomRoomLinked.v1',
  aggregate: 'zoom-room',
  description:
    'A booking takes place under a meeting number of Zoom. Webhooks that name the number find the meeting by it; a number may be of several bookings.',
  data: Type.Object({
    roomId: AggregateId,
    platformMeetingId: Type.String(),
    meetingId: AggregateId,
    personId: PersonId,
    bookingUri: Type.String(),
    startsAt: Timestamp,
    endsAt: Timestamp
  })
})
