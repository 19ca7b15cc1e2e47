import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'
import { StepId } from './flow-document.ts'

export const CallWebhookRequested = defineEvent({
  type: 'telephony.CallWebhookRequested.v1',
  aggregate: 'call',
  description: 'A call came to a step that calls a webhook, and waits for its answer. Once per visit of the step.',
  data: Type.Object({
    callId: AggregateId,
    personId: PersonId,
    leadId: Nullable(AggregateId),
    /** The webhook's id on the wire: the same for the same visit of the step. */
    requestId: AggregateId,
    turn: Type.Integer({ minimum: 1 }),
    step: StepId,
    url: Type.String(),
    timeoutSeconds: Type.Integer({ minimum: 1 }),
    at: Timestamp
  })
})
