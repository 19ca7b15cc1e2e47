import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'

export const SmsThreadOpened = defineEvent({
  type: 'telephony.SmsThreadOpened.v1',
  aggregate: 'caller',
  description: 'The first message between one of our numbers and one of theirs.',
  data: Type.Object({
    threadId: AggregateId,
    callerId: AggregateId,
    personId: PersonId,
    leadId: Nullable(AggregateId),
    ours: Type.String(),
    openedAt: Timestamp
  })
})
