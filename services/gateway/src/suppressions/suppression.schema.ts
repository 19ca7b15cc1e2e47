import { ContactChannel, Nullable, OneOf, SuppressionReason, SuppressionSource, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'

/** Somebody who is not to be called or written to, or was. */
export const Suppression = Type.Object({
  id: Type.String({ description: 'keyed hash of the number or address' }),
  kind: OneOf('phone', 'email'),
  address: Nullable(Type.String({ description: 'null once the person is erased; the suppression holds all the same' })),
  leadId: Nullable(Type.String()),
  active: Type.Boolean(),
  facts: Type.Array(
    Type.Object({ channel: ContactChannel, reason: SuppressionReason, factId: Type.String(), at: Timestamp }),
    { description: 'what stands now' }
  ),
  history: Type.Array(
    Type.Object({
      eventId: Type.String(),
      did: OneOf('suppressed', 'released'),
      channels: Type.Array(ContactChannel),
      reason: SuppressionReason,
      source: SuppressionSource,
      why: Nullable(Type.String()),
      by: Type.String(),
      at: Timestamp
    }),
    { description: 'everything that was done about it, the oldest first' }
  ),
  changedAt: Timestamp
})
export type Suppression = Static<typeof Suppression>
