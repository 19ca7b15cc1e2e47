import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, Timestamp } from '../scalars.ts'
import { ContactPurpose } from './contact.ts'
import { messageNames, SmsEncoding } from './message.ts'

export const SmsRequested = defineEvent({
  type: 'telephony.SmsRequested.v1',
  aggregate: 'message',
  description: 'A text message is to be sent. It waits in the queue. Once per message.',
  data: Type.Object({
    ...messageNames,
    /** Our number. */
    from: Type.String(),
    to: pii(Type.String()),
    /** With its placeholders filled. */
    text: pii(Type.String()),
    purpose: ContactPurpose,
    encoding: SmsEncoding,
    segments: Type.Integer({ minimum: 1 }),
    /** Not before; null: as soon as it may be. */
    sendAt: Nullable(Timestamp),
    /** What was not sent by then is not sent any more. */
    expiresAt: Timestamp,
    template: Nullable(Type.Object({ templateId: AggregateId, version: Type.Integer({ minimum: 1 }) })),
    /** The message of theirs that it answers. */
    inReplyTo: Nullable(AggregateId),
    requestedAt: Timestamp
  })
})
