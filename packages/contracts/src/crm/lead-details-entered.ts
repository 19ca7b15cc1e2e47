import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { Customer } from '../meetings/customer.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'

export const LeadDetailsEntered = defineEvent({
  type: 'crm.LeadDetailsEntered.v1',
  aggregate: 'lead',
  description:
    'Somebody wrote down what they know about a lead. Once per capture by hand; trusted above all other sources.',
  data: Type.Object({
    leadId: AggregateId,
    personId: PersonId,
    customer: pii(Customer),
    company: pii(Nullable(Type.String())),
    note: pii(Nullable(Type.String())),
    /** Where the lead came from, in the words of who entered it. */
    source: Type.String(),
    enteredAt: Timestamp
  })
})
