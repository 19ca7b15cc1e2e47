import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, OneOf, PersonId, Timestamp } from '../scalars.ts'

export const LeadDemoDateChanged = defineEvent({
  type: 'crm.LeadDemoDateChanged.v1',
  aggregate: 'lead',
  description: 'When the demo is, or was. The calendar has the say; a notetaker only where no booking is known.',
  data: Type.Object({
    leadId: AggregateId,
    personId: PersonId,
    startsAt: Timestamp,
    timezone: Nullable(Type.String()),
    source: OneOf('calendar', 'notetaker')
  })
})
