import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'
import { Customer } from './customer.ts'

export const BookingSuperseded = defineEvent({
  type: 'meetings.BookingSuperseded.v1',
  aggregate: 'meeting',
  description:
    'The canceled half of a reschedule: a booking gave way to a later one. It is no cancellation of the meeting.',
  data: Type.Object({
    meetingId: AggregateId,
    personId: PersonId,
    customer: pii(Nullable(Customer)),
    bookingUri: Type.String(),
    supersededByUri: Type.String(),
    supersededAt: Timestamp
  })
})
