import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { Customer } from '../meetings/customer.ts'
import { AggregateId, PersonId } from '../scalars.ts'

export const LeadDetailsChanged = defineEvent({
  type: 'crm.LeadDetailsChanged.v1',
  aggregate: 'lead',
  description: "The lead's name, phone or time zone is now known better. Carries all details as they stand.",
  data: Type.Object({ leadId: AggregateId, personId: PersonId, customer: pii(Customer) })
})
