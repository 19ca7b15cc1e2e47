import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, OneOf, PersonId, Timestamp } from '../scalars.ts'

export const AgendaEntryAdded = defineEvent({
  type: 'meetings.AgendaEntryAdded.v1',
  aggregate: 'agenda',
  description:
    "A booking or a session joined a person's agenda: which meeting it belongs to. Later deliveries find their meeting by it.",
  data: Type.Object({
    personId: PersonId,
    meetingId: AggregateId,
    kind: OneOf('booking', 'session'),
    key: Type.String({ description: 'booking URI or session id' }),
    linkedKeys: Type.Array(Type.String(), { description: 'bookings of the same chain of reschedules' }),
    mergedMeetingIds: Type.Array(AggregateId, { description: 'meetings of the agenda that turned out to be this one' }),
    startsAt: Nullable(Timestamp),
    platformMeetingId: Nullable(Type.String()),
    contentDigest: Nullable(Type.String({ description: 'of a session: its newest report' }))
  })
})
