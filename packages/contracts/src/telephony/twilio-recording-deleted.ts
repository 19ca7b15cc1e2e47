import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId, Timestamp } from '../scalars.ts'

export const TwilioRecordingDeleted = defineEvent({
  type: 'telephony.TwilioRecordingDeleted.v1',
  aggregate: 'recording',
  description: 'Twilio has no copy of a recording any more. Once per recording.',
  data: Type.Object({
    recordingId: AggregateId,
    callId: AggregateId,
    personId: PersonId,
    recordingSid: Type.String(),
    at: Timestamp
  })
})
