import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Nullable } from '../scalars.ts'
import { messageNames } from './message.ts'
import { priceFields } from './price.ts'

export const SmsPriced = defineEvent({
  type: 'telephony.SmsPriced.v1',
  aggregate: 'message',
  description:
    'Twilio says what a message is charged, sent or received. Some time later; once, and again where it changes the price.',
  data: Type.Object({
    ...messageNames,
    messageSid: Type.String(),
    segments: Nullable(Type.Integer({ minimum: 0 })),
    ...priceFields
  })
})
