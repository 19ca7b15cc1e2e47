import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Nullable, OneOf, Timestamp } from '../scalars.ts'

/**
 * The message of the INGEST stream: one per webhook. It has no personal fields of its own because the whole body is
 * encrypted under the key of the day; the body's key is destroyed after the payload retention.
 */
export const WebhookReceived = defineEvent({
  type: 'ingest.WebhookReceived.v1',
  aggregate: 'webhook',
  description: 'A provider sent a webhook; its signature was verified and it was stored. Once per idempotency key.',
  data: Type.Object({
    provider: Type.String({ description: 'who sent it, for example calendly, readai, standard' }),
    eventType: Type.String({ description: "the provider's name of the event, for example invitee.created" }),
    externalId: Type.String({ description: "the provider's identity of this delivery's content" }),
    idempotencyKey: Type.String({ description: '{source}:{event_type}:{external_id}, parts percent-encoded' }),
    /** What the address that we had given the sender said it is about, such as `message=…`; absent where nothing. */
    reference: Type.Optional(Type.String()),
    receivedAt: Timestamp,
    disposition: OneOf('accepted', 'ignored'),
    ignoredBecause: Nullable(Type.String()),
    verdict: Type.Object({
      scheme: Type.String({ description: 'how it was verified, for example calendly-hmac-sha256' }),
      verifiedAt: Timestamp
    }),
    contentType: Type.String(),
    size: Type.Integer({ minimum: 0, description: 'bytes of the body as received' }),
    digest: Type.String({ description: 'SHA-256 of the body as received, hex' }),
    keyId: Type.String({ description: 'the day key that the body is encrypted under' }),
    body: Type.String({ description: "the body, encrypted: as received, or of Stripe's what may be kept" })
  })
})
