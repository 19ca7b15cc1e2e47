import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { messageNames } from './message.ts'

export const SmsAttributed = defineEvent({
  type: 'telephony.SmsAttributed.v1',
  aggregate: 'message',
  description:
    'A text message is another lead’s than was known when it was recorded, or nobody’s: its number was given, or corrected, later. What was recorded stays under the person it was recorded for.',
  data: Type.Object({ ...messageNames })
})
