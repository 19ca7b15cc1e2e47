import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId } from '../scalars.ts'

export const CallerLinked = defineEvent({
  type: 'telephony.CallerLinked.v1',
  aggregate: 'caller',
  description: 'A phone number is a lead’s. The number itself stands nowhere: the caller is a keyed hash of it.',
  data: Type.Object({ callerId: AggregateId, leadId: AggregateId, personId: PersonId })
})
