import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId, Timestamp } from '../scalars.ts'

export const PersonReturned = defineEvent({
  type: 'privacy.PersonReturned.v1',
  aggregate: 'person',
  description:
    'A person who was erased made contact anew, later than the erasure. They get a new key; what was erased stays erased.',
  data: Type.Object({ personId: PersonId, webhookId: AggregateId, contactAt: Timestamp })
})
