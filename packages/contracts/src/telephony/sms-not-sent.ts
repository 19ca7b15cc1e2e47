import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Nullable, OneOf, Timestamp } from '../scalars.ts'
import { ContactCheck } from './contact.ts'
import { messageNames } from './message.ts'

export const SmsNotSent = defineEvent({
  type: 'telephony.SmsNotSent.v1',
  aggregate: 'message',
  description: 'A message will not be sent any more. Once per message, instead of SmsSent.',
  data: Type.Object({
    ...messageNames,
    reason: OneOf('suppressed', 'refused', 'expired', 'canceled'),
    /** Such as `TWILIO_21211`. */
    code: Nullable(Type.String()),
    detail: Type.String(),
    /** What forbade it; null where it was something else. */
    check: Nullable(ContactCheck),
    at: Timestamp
  })
})
