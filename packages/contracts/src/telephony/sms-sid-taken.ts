import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Timestamp } from '../scalars.ts'

export const SmsSidTaken = defineEvent({
  type: 'telephony.SmsSidTaken.v1',
  aggregate: 'sms-sid',
  description:
    'A message at Twilio is one of ours: of two of ours with the same words, only one can be it. Once per id.',
  data: Type.Object({ messageSid: AggregateId, messageId: AggregateId, at: Timestamp })
})
