import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId } from '../scalars.ts'

export const CallerUnlinked = defineEvent({
  type: 'telephony.CallerUnlinked.v1',
  aggregate: 'caller',
  description: 'A phone number is not the lead’s any more.',
  data: Type.Object({ callerId: AggregateId, leadId: AggregateId, personId: PersonId })
})
