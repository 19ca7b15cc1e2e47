import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { Nullable, Timestamp } from '../scalars.ts'
import { messageNames, OptWord, SmsMedia } from './message.ts'

export const SmsReceived = defineEvent({
  type: 'telephony.SmsReceived.v1',
  aggregate: 'message',
  description: 'Somebody sent a text message to one of our numbers. Once per message.',
  data: Type.Object({
    ...messageNames,
    messageSid: Type.String(),
    from: pii(Type.String()),
    /** Our number. */
    to: Type.String(),
    text: pii(Type.String()),
    media: SmsMedia,
    /** What it asked for, where it was one of the words for that. */
    word: Nullable(OptWord),
    /** Twilio answers such words itself, but for short codes of our own. */
    answeredByTwilio: Type.Boolean(),
    receivedAt: Timestamp
  })
})
