import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Nullable, Timestamp } from '../scalars.ts'
import { messageNames, SmsStatus } from './message.ts'

export const SmsStatusReported = defineEvent({
  type: 'telephony.SmsStatusReported.v1',
  aggregate: 'message',
  description:
    'Twilio reported how far a message is. Reports come in any order and some never; the status is the furthest of them.',
  data: Type.Object({
    ...messageNames,
    messageSid: Type.String(),
    status: SmsStatus,
    errorCode: Nullable(Type.String()),
    reportedAt: Timestamp
  })
})
