import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Timestamp } from '../scalars.ts'
import { ContactCheck } from './contact.ts'
import { messageNames } from './message.ts'

export const SmsHeld = defineEvent({
  type: 'telephony.SmsHeld.v1',
  aggregate: 'message',
  description: 'It is quiet where the recipient is: the message waits, and then it is looked again whether it may go.',
  data: Type.Object({ ...messageNames, check: ContactCheck, until: Timestamp, at: Timestamp })
})
