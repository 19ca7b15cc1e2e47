import {
  ContactCheck,
  ContactPurpose,
  Nullable,
  OneOf,
  OptWord,
  SmsEncoding,
  smsStatuses,
  SuppressionReason,
  Timestamp
} from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'

/** Ours until Twilio took it, then Twilio's. */
export const messageStatuses = ['waiting', 'held', 'not-sent', 'received', ...smsStatuses] as const
export const MessageStatus = OneOf(...messageStatuses)
export type MessageStatus = Static<typeof MessageStatus>

const Direction = OneOf('in', 'out')

/** What is written between one of our numbers and one of theirs. */
export const SmsThread = Type.Object({
  id: Type.String(),
  leadId: Nullable(Type.String()),
  ours: Type.String({ description: 'our number' }),
  number: Nullable(Type.String({ description: 'theirs' })),
  lastMessage: Nullable(Type.Object({ direction: Direction, text: Nullable(Type.String()), at: Timestamp })),
  received: Type.Integer({ description: 'messages of theirs' }),
  sent: Type.Integer({ description: 'messages of ours, sent or not' }),
  waiting: Type.Integer({ description: 'messages of ours in the queue' }),
  suppressed: Nullable(
    Type.Object(
      { suppressionId: Type.String(), reason: SuppressionReason, since: Timestamp },
      {
        description: 'why they are not to be written to'
      }
    )
  )
})
export type SmsThread = Static<typeof SmsThread>

export const SmsMessage = Type.Object({
  id: Type.String(),
  threadId: Type.String(),
  leadId: Nullable(Type.String()),
  direction: Direction,
  status: MessageStatus,
  text: Nullable(Type.String()),
  media: Type.Array(Type.Object({ url: Type.String(), contentType: Type.String() })),
  word: Nullable(OptWord),
  purpose: Nullable(ContactPurpose),
  encoding: Nullable(SmsEncoding),
  segments: Nullable(Type.Integer()),
  template: Nullable(Type.Object({ templateId: Type.String(), version: Type.Integer() })),
  inReplyTo: Nullable(Type.String()),
  sendAt: Nullable(Timestamp),
  heldUntil: Nullable(Type.String({ description: 'it is quiet where they are until then' })),
  expiresAt: Nullable(Timestamp),
  requestedBy: Nullable(Type.String()),
  check: Nullable(ContactCheck),
  messageSid: Nullable(Type.String({ description: "Twilio's id" })),
  errorCode: Nullable(Type.String({ description: "Twilio's, where it was not delivered" })),
  notSent: Nullable(Type.Object({ reason: Type.String(), code: Nullable(Type.String()), detail: Type.String() })),
  at: Type.String({ description: 'asked for or received' }),
  sentAt: Nullable(Timestamp),
  events: Type.Array(Type.Object({ id: Type.String(), type: Type.String(), at: Timestamp }))
})
export type SmsMessage = Static<typeof SmsMessage>

const TemplateVersion = Type.Object({
  version: Type.Integer(),
  name: Type.String(),
  text: Type.String(),
  variables: Type.Array(Type.String()),
  savedAt: Timestamp,
  savedBy: Type.String()
})

/** A text for messages, with what it was before. */
export const SmsTemplate = Type.Object({
  id: Type.String(),
  name: Type.String(),
  savedAt: Timestamp,
  versions: Type.Array(TemplateVersion, { description: 'the newest first' })
})
export type SmsTemplate = Static<typeof SmsTemplate>
