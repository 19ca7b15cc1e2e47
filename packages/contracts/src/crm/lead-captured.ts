import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { Customer } from '../meetings/customer.ts'
import { AggregateId, OneOf, PersonId, Timestamp } from '../scalars.ts'

export const LeadCaptured = defineEvent({
  type: 'crm.LeadCaptured.v1',
  aggregate: 'lead',
  description: 'A person was seen for the first time and became a lead.',
  data: Type.Object({
    leadId: AggregateId,
    personId: PersonId,
    customer: pii(Customer),
    origin: OneOf('calendly', 'readai', 'manual'),
    capturedAt: Timestamp
  })
})
