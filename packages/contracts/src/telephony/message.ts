import { Type, type Static } from '@sinclair/typebox'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, OneOf, PersonId } from '../scalars.ts'

/** Twilio's words, the further the later: of two reports the later word stands, whichever came first. */
export const smsStatuses = [
  'accepted',
  'scheduled',
  'queued',
  'sending',
  'sent',
  'failed',
  'canceled',
  'undelivered',
  'delivered',
  'read'
] as const
export const SmsStatus = OneOf(...smsStatuses)
export type SmsStatus = Static<typeof SmsStatus>

export const SmsEncoding = OneOf('GSM-7', 'UCS-2')
export type SmsEncoding = Static<typeof SmsEncoding>

/** What a word of somebody asked for, as Twilio defines the words. */
export const OptWord = OneOf('stop', 'start', 'help')
export type OptWord = Static<typeof OptWord>

/** Whose message it is; in every event of one. */
export const messageNames = {
  messageId: AggregateId,
  /** One of our numbers with one of theirs. */
  threadId: AggregateId,
  /** Keyed hash of their number. */
  callerId: AggregateId,
  /** Of the lead where the number is known, else of the number. */
  personId: PersonId,
  leadId: Nullable(AggregateId)
}

/** A picture or other file that came with a message: where Twilio keeps it. */
export const SmsMedia = pii(Type.Array(Type.Object({ url: Type.String(), contentType: Type.String() })))

/** Names a template. */
export const SmsTemplateId = Type.String({
  pattern: '^[a-z][a-z0-9-]*$',
  minLength: 1,
  maxLength: 64,
  description: 'your own name for the template; the first text makes it'
})

/** A text may be 1,600 characters at Twilio; placeholders make it longer. */
export const SmsText = Type.String({ minLength: 1, maxLength: 1600 })
