import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId } from '../scalars.ts'

/** As it was recorded before there were calls. */
export const PersonErasedV1 = defineEvent({
  type: 'privacy.PersonErased.v1',
  aggregate: 'person',
  description: 'The first form of the event, before there were calls: it names none.',
  data: Type.Object({
    erasureId: AggregateId,
    personId: PersonId,
    leadId: AggregateId,
    meetingIds: Type.Array(Type.String()),
    /** Writes and notes that were queued for the CRM. */
    crmWriteIds: Type.Array(Type.String()),
    /** Every event of the person so far. */
    eventIds: Type.Array(Type.String())
  })
})
