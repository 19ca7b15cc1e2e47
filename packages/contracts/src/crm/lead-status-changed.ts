import { Type, type Static } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, OneOf, PersonId, Timestamp } from '../scalars.ts'

/** Statuses by meaning; their names in the CRM are settings. */
export const LeadStatus = OneOf('new', 'demo-booked', 'demo-complete', 'demo-canceled', 'demo-no-show')
export type LeadStatus = Static<typeof LeadStatus>

export const LeadStatusChanged = defineEvent({
  type: 'crm.LeadStatusChanged.v1',
  aggregate: 'lead',
  description: "The lead's facts now amount to another status.",
  data: Type.Object({
    leadId: AggregateId,
    personId: PersonId,
    from: LeadStatus,
    to: LeadStatus,
    meetingId: Nullable(AggregateId),
    /** Own time of the fact that decides the status. */
    decidedByFactAt: Nullable(Timestamp)
  })
})
