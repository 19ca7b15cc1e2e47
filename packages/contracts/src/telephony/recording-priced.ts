import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, PersonId } from '../scalars.ts'
import { priceFields } from './price.ts'

export const RecordingPriced = defineEvent({
  type: 'telephony.RecordingPriced.v1',
  aggregate: 'call',
  description:
    'Twilio says what making a recording is charged. Where it says so: keeping it is billed for the account as a whole.',
  data: Type.Object({
    recordingId: AggregateId,
    callId: AggregateId,
    personId: PersonId,
    leadId: Nullable(AggregateId),
    recordingSid: Type.String(),
    durationSeconds: Nullable(Type.Integer({ minimum: 0 })),
    ...priceFields
  })
})
