import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'
import { Customer } from './customer.ts'

export const MeetingCanceled = defineEvent({
  type: 'meetings.MeetingCanceled.v1',
  aggregate: 'meeting',
  description: 'A booking was canceled and not replaced.',
  data: Type.Object({
    meetingId: AggregateId,
    personId: PersonId,
    bookingUri: Type.String(),
    customer: pii(Customer),
    canceledAt: Timestamp,
    canceledBy: Nullable(Type.String({ description: 'host or invitee' })),
    reason: pii(Nullable(Type.String())),
    startsAt: Timestamp,
    endsAt: Timestamp,
    title: pii(Type.String())
  })
})
