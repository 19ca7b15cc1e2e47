import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId } from '../scalars.ts'

export const LeadFieldsCleared = defineEvent({
  type: 'crm.LeadFieldsCleared.v1',
  aggregate: 'lead',
  description:
    'An extraction was read anew and no longer supports some of the fields that it had given the lead; they are unknown again.',
  data: Type.Object({
    leadId: AggregateId,
    personId: PersonId,
    extractionId: AggregateId,
    fields: Type.Array(Type.String(), { minItems: 1, description: 'names of the fields' })
  })
})
