import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, Timestamp } from '../scalars.ts'

export const CallRecordingReported = defineEvent({
  type: 'telephony.CallRecordingReported.v1',
  aggregate: 'call',
  description: 'Twilio reported on a recording of a call. The recording itself stays with Twilio.',
  data: Type.Object({
    callId: AggregateId,
    callSid: Type.String(),
    recordingSid: Type.String(),
    status: Type.String({ description: "Twilio's word: in-progress, completed, absent, failed" }),
    durationSeconds: Nullable(Type.Integer({ minimum: 0 })),
    channels: Nullable(Type.Integer({ minimum: 1 })),
    source: Nullable(Type.String()),
    startedAt: Nullable(Timestamp)
  })
})
