import { Type, type Static } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { Customer } from '../meetings/customer.ts'
import { AggregateId, Nullable, OneOf, PersonId, Timestamp } from '../scalars.ts'

/** What happened to a meeting, with the time at which it happened, not the time at which we heard of it. */
export const MeetingFact = Type.Object({
  kind: OneOf(
    'booked',
    'rescheduled',
    'superseded',
    'canceled',
    'held',
    'no-show',
    'no-show-cleared',
    'merged',
    'attended',
    'not-attended',
    'attendance-unknown'
  ),
  meetingId: AggregateId,
  /** Booking URI, session id, or the merged meeting's id. */
  key: Type.String(),
  occurredAt: Timestamp,
  startsAt: Nullable(Timestamp),
  endsAt: Nullable(Timestamp),
  /** The booking that this one replaces (rescheduled), or that replaces it (superseded). */
  relatedKey: Nullable(Type.String()),
  timezone: Nullable(Type.String()),
  reportUrl: Nullable(Type.String())
})
export type MeetingFact = Static<typeof MeetingFact>

export const LeadMeetingRecorded = defineEvent({
  type: 'crm.LeadMeetingRecorded.v1',
  aggregate: 'lead',
  description:
    "A fact about one of the lead's meetings. The lead's status is a function of these facts, whatever their order of arrival.",
  data: Type.Object({
    leadId: AggregateId,
    personId: PersonId,
    fact: MeetingFact,
    customer: pii(Nullable(Customer)),
    source: OneOf('calendly', 'readai', 'zoom', 'manual')
  })
})
