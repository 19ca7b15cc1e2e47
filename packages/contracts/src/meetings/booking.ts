import { Type, type Static } from '@sinclair/typebox'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'
import { Customer } from './customer.ts'

/** A question of the booking form with the invitee's answer. */
export const Answer = Type.Object({ question: Type.String(), answer: Type.String() })
export type Answer = Static<typeof Answer>

/** What a booking says, whether it is the first one or the new half of a reschedule. */
export const bookingFields = {
  meetingId: AggregateId,
  personId: PersonId,
  bookingUri: Type.String({ description: 'stable id of the booking: the invitee URI of Calendly' }),
  previousBookingUri: Nullable(Type.String({ description: 'the booking that this one replaces' })),
  customer: pii(Customer),
  title: pii(Type.String()),
  startsAt: Timestamp,
  endsAt: Timestamp,
  bookedAt: Timestamp,
  location: pii(
    Type.Object({
      kind: Nullable(Type.String({ description: 'zoom, google_conference, physical, …' })),
      joinUrl: Nullable(Type.String()),
      platformMeetingId: Nullable(Type.String())
    })
  ),
  host: Type.Object({ name: Nullable(Type.String()), email: Nullable(Type.String()) }),
  guests: pii(Type.Array(Type.String())),
  answers: pii(Type.Array(Answer)),
  tracking: pii(Type.Record(Type.String(), Type.String()))
}
