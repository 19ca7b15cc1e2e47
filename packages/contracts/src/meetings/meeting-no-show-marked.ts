import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'
import { Customer } from './customer.ts'

export const MeetingNoShowMarked = defineEvent({
  type: 'meetings.MeetingNoShowMarked.v1',
  aggregate: 'meeting',
  description: 'Somebody marked that the customer did not come.',
  data: Type.Object({
    meetingId: AggregateId,
    personId: PersonId,
    bookingUri: Type.String(),
    customer: pii(Nullable(Customer)),
    markedAt: Timestamp
  })
})
