import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'
import { Customer } from './customer.ts'

export const MeetingNoShowCleared = defineEvent({
  type: 'meetings.MeetingNoShowCleared.v1',
  aggregate: 'meeting',
  description: 'The mark that the customer did not come was taken back.',
  data: Type.Object({
    meetingId: AggregateId,
    personId: PersonId,
    bookingUri: Type.String(),
    customer: pii(Nullable(Customer)),
    clearedAt: Timestamp
  })
})
