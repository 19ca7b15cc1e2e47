import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, OneOf, PersonId } from '../scalars.ts'

export const CallNotTranscribed = defineEvent({
  type: 'enrichment.CallNotTranscribed.v1',
  aggregate: 'transcription',
  description:
    'There is no transcript of a recording, and why. Nothing is made up in its place; an operator may have it tried again.',
  data: Type.Object({
    recordingId: AggregateId,
    callId: AggregateId,
    personId: PersonId,
    leadId: Nullable(AggregateId),
    /**
     * not-configured: no model is set up; deleted: the sound is gone; unsupported: no model takes this sound; failed: the
     * model refused for good.
     */
    reason: OneOf('not-configured', 'deleted', 'unsupported', 'failed'),
    code: Nullable(Type.String({ description: 'of the error' })),
    detail: Nullable(Type.String({ description: 'in words, naming nobody' }))
  })
})
