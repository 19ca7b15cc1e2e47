import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'
import { StepId } from './flow-document.ts'

export const CallWebhookAnswered = defineEvent({
  type: 'telephony.CallWebhookAnswered.v1',
  aggregate: 'call',
  description:
    'The webhook of a step answered, or did not in its time. Once per request; the call takes the answer if it still waits.',
  data: Type.Object({
    callId: AggregateId,
    personId: PersonId,
    requestId: AggregateId,
    step: StepId,
    answered: Type.Boolean(),
    /** Why there is no answer; null where there is one. */
    reason: Nullable(Type.String({ description: 'a code' })),
    /** Members of the answer that became variables. */
    fields: pii(Type.Record(Type.String(), Type.String())),
    at: Timestamp
  })
})
