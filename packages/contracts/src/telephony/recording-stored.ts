import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'
import { CallDirection } from './call.ts'

export const RecordingStored = defineEvent({
  type: 'telephony.RecordingStored.v1',
  aggregate: 'recording',
  description:
    'The sound of a recording was fetched from Twilio and is kept, sealed under the key of its person. Once per recording.',
  data: Type.Object({
    recordingId: AggregateId,
    callId: AggregateId,
    /** Under whose key it is sealed. */
    personId: PersonId,
    leadId: Nullable(AggregateId),
    direction: CallDirection,
    /** True where the flow says so, and for calls that we make: what is said is read for the lead, once the call has one. */
    sales: Type.Boolean(),
    recordingSid: Type.String({ description: "Twilio's id" }),
    source: Nullable(Type.String({ description: "Twilio's word for what made it, such as DialVerb or RecordVerb" })),
    file: Type.String({ description: 'name in the store of files' }),
    contentType: Type.String(),
    sizeBytes: Type.Integer({ minimum: 0 }),
    digest: Type.String({ description: 'SHA-256 (hex) of what is stored, sealed as it is' }),
    durationSeconds: Nullable(Type.Integer({ minimum: 0 })),
    channels: Nullable(Type.Integer({ minimum: 1 })),
    startedAt: Nullable(Timestamp),
    storedAt: Timestamp
  })
})
