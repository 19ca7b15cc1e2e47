import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, OneOf, PersonId, Timestamp } from '../scalars.ts'

/** Why there is no sound. */
export const RecordingGap = OneOf('absent', 'failed', 'refused', 'too-large', 'erased')

export const RecordingUnavailable = defineEvent({
  type: 'telephony.RecordingUnavailable.v1',
  aggregate: 'recording',
  description: 'A recording that Twilio reported cannot be kept. A later attempt, by an operator, may still store it.',
  data: Type.Object({
    recordingId: AggregateId,
    callId: AggregateId,
    personId: PersonId,
    leadId: Nullable(AggregateId),
    recordingSid: Type.String(),
    /**
     * absent: Twilio recorded nothing; failed: Twilio could not; refused: Twilio does not give it; too-large: more than may be
     * kept; erased: its person was erased meanwhile.
     */
    reason: RecordingGap,
    detail: Nullable(Type.String({ description: 'in words, naming nobody' })),
    at: Timestamp
  })
})
