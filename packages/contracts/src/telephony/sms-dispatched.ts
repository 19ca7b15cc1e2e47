import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Timestamp } from '../scalars.ts'
import { ContactCheck } from './contact.ts'
import { messageNames } from './message.ts'

export const SmsDispatched = defineEvent({
  type: 'telephony.SmsDispatched.v1',
  aggregate: 'message',
  description:
    'The recipient may be written to, by the proof that it holds, and the message goes to Twilio next. Once for each attempt.',
  data: Type.Object({
    ...messageNames,
    attempt: Type.Integer({ minimum: 1 }),
    check: ContactCheck,
    at: Timestamp
  })
})
