import { Type } from '@sinclair/typebox'
import { Nullable } from '../scalars.ts'

/** Which message failed in which handler, and how. Texts are free of personal data. */
export const failureFields = {
  service: Type.String(),
  handler: Type.String(),
  stream: Type.String(),
  sequence: Type.Integer({ minimum: 0 }),
  /** Id and type of the event that was being handled; null where the message could not be read. */
  eventId: Nullable(Type.String()),
  eventType: Nullable(Type.String()),
  subject: Nullable(Type.String()),
  attempt: Type.Integer({ minimum: 1 }),
  code: Type.String(),
  message: Type.String(),
  /** Groups failures of one kind: service, handler, code and the message without its variable parts. */
  fingerprint: Type.String()
}
