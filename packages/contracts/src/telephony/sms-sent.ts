import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Nullable, Timestamp } from '../scalars.ts'
import { messageNames, SmsStatus } from './message.ts'

export const SmsSent = defineEvent({
  type: 'telephony.SmsSent.v1',
  aggregate: 'message',
  description: 'Twilio took the message. Whether it arrived is reported later. Once per message.',
  data: Type.Object({
    ...messageNames,
    /** Twilio's id. */
    messageSid: Type.String(),
    status: SmsStatus,
    /** As Twilio counted; null where it did not say. */
    segments: Nullable(Type.Integer({ minimum: 0 })),
    at: Timestamp
  })
})
