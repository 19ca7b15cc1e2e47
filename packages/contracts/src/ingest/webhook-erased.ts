import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, OneOf, Timestamp } from '../scalars.ts'

/**
 * Takes the place of a webhook on its subject, so that a repeat of it is still a duplicate: the subject is the hash of
 * the idempotency key. What names the person is left out, the external id too.
 */
export const WebhookErased = defineEvent({
  type: 'ingest.WebhookErased.v1',
  aggregate: 'webhook',
  description:
    'A raw webhook was erased because it concerned a person who was erased. What stays says that and when it came, and keeps a repeat of it from being taken for new.',
  data: Type.Object({
    webhookId: AggregateId,
    provider: Type.String(),
    eventType: Type.String(),
    receivedAt: Timestamp,
    disposition: OneOf('accepted', 'ignored'),
    ignoredBecause: Nullable(Type.String()),
    verifiedBy: Type.String({ description: 'how it was verified' }),
    size: Type.Integer({ minimum: 0 }),
    erasureId: AggregateId
  })
})
