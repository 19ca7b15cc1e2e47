import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, PersonId } from '../scalars.ts'

export const CallAttributed = defineEvent({
  type: 'telephony.CallAttributed.v1',
  aggregate: 'call',
  description:
    'A call is another lead’s than was known when it came in, or nobody’s: its number was given, or corrected, later. What was recorded stays under the person it was recorded for.',
  data: Type.Object({
    callId: AggregateId,
    /** Whose key the call was recorded under. */
    personId: PersonId,
    leadId: Nullable(AggregateId)
  })
})
