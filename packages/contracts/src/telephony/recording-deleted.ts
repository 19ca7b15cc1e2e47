import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, OneOf, PersonId, Timestamp } from '../scalars.ts'

export const RecordingDeleted = defineEvent({
  type: 'telephony.RecordingDeleted.v1',
  aggregate: 'recording',
  description: 'The sound of a recording is not kept any more. Once per recording; Twilio is asked to delete it too.',
  data: Type.Object({
    recordingId: AggregateId,
    callId: AggregateId,
    personId: PersonId,
    leadId: Nullable(AggregateId),
    recordingSid: Type.String(),
    /** retention: its time was over; request: somebody asked; erasure: its person was erased. */
    reason: OneOf('retention', 'request', 'erasure'),
    /** In the words of whoever asked; free of personal data. */
    note: Nullable(Type.String()),
    deletedAt: Timestamp
  })
})
