import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'
import { ContactChannel, SuppressionReason } from './contact.ts'
import { SuppressionSource } from './contact-suppressed.ts'

export const ContactReleased = defineEvent({
  type: 'telephony.ContactReleased.v1',
  aggregate: 'suppression',
  description: 'A reason not to contact a phone number or address has ended, on some channels. Others may stand.',
  data: Type.Object({
    suppressionId: AggregateId,
    personId: PersonId,
    leadId: Nullable(AggregateId),
    channels: Type.Array(ContactChannel, { minItems: 1 }),
    reason: SuppressionReason,
    source: SuppressionSource,
    why: pii(Nullable(Type.String())),
    at: Timestamp
  })
})
