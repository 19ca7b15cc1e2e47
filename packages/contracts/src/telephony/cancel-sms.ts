import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'

export const CancelSms = defineCommand({
  service: 'telephony',
  name: 'CancelSms',
  description: 'Takes a message out of the queue while it waits. That it was canceled before is no error.',
  data: Type.Object(
    { messageId: Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' }) },
    { additionalProperties: false }
  ),
  result: Type.Object({ messageId: Type.String() }),
  refusals: {
    TELEPHONY_SMS_UNKNOWN: 'no message of ours has this id',
    TELEPHONY_SMS_NOT_WAITING: 'it is being sent, or was sent or given up already'
  }
})
