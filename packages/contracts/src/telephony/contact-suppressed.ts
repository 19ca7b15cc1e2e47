import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, OneOf, PersonId, Timestamp } from '../scalars.ts'
import { ContactChannel, SuppressionReason } from './contact.ts'

/** What a suppression or its end came from: the person's own message, one of us, or an answer of the vendor. */
export const SuppressionSource = Type.Object({
  kind: OneOf('message', 'operator', 'vendor'),
  /** Of the message. */
  messageId: Nullable(AggregateId),
  /** The word that was sent, or the vendor's code. */
  word: Nullable(Type.String())
})

export const ContactSuppressed = defineEvent({
  type: 'telephony.ContactSuppressed.v1',
  aggregate: 'suppression',
  description:
    'A phone number or address is not to be contacted any more, on some channels and for one reason. It outlives the erasure of the person: its id is a keyed hash.',
  data: Type.Object({
    suppressionId: AggregateId,
    personId: PersonId,
    leadId: Nullable(AggregateId),
    kind: OneOf('phone', 'email'),
    address: pii(Nullable(Type.String())),
    channels: Type.Array(ContactChannel, { minItems: 1 }),
    reason: SuppressionReason,
    source: SuppressionSource,
    /** What whoever did it said about it. */
    why: pii(Nullable(Type.String())),
    at: Timestamp
  })
})
