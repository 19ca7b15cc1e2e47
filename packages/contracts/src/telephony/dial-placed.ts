import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, OneOf, Timestamp } from '../scalars.ts'

export const DialPlaced = defineEvent({
  type: 'telephony.DialPlaced.v1',
  aggregate: 'dial',
  description: 'What was asked for has become a call at Twilio. Once per dial.',
  data: Type.Object({
    dialId: AggregateId,
    callId: AggregateId,
    callSid: Type.String(),
    /** `answered`: by Twilio's answer, `found`: it was looked for after an answer was lost, `named-itself`: by its own first news. */
    how: OneOf('answered', 'found', 'named-itself'),
    at: Timestamp
  })
})
