import { Type, type Static } from '@sinclair/typebox'
import { AggregateId, Nullable, OneOf, PersonId, Timestamp } from '../scalars.ts'

export const ExtractionKind = OneOf('lead-intel', 'meddic')
export type ExtractionKind = Static<typeof ExtractionKind>

/** Where an answer came from and what it cost. */
export const ModelCall = Type.Object({
  provider: Type.String({ description: 'rules, gemini or openai' }),
  model: Type.String(),
  promptVersion: Type.String(),
  calls: Type.Integer({ minimum: 0, description: 'requests made, repair included' }),
  repaired: Type.Boolean(),
  /** Why the configured provider was not the one that answered; null where it was. */
  fallbackBecause: Nullable(Type.String()),
  inputTokens: Type.Integer({ minimum: 0 }),
  outputTokens: Type.Integer({ minimum: 0 }),
  costMicroUsd: Type.Integer({ minimum: 0, description: 'millionths of a US dollar' }),
  latencyMs: Type.Integer({ minimum: 0 }),
  inputCharacters: Type.Integer({ minimum: 0 }),
  sampled: Type.Boolean({ description: 'true where a long transcript was sampled' })
})
export type ModelCall = Static<typeof ModelCall>

/** The fields that every event of an extraction carries. */
export const extractionFields = {
  extractionId: AggregateId,
  kind: ExtractionKind,
  personId: PersonId,
  /** The meeting that was read; of a call its id. */
  meetingId: AggregateId,
  /** Present where a call was read and not a meeting. */
  callId: Type.Optional(AggregateId),
  /** Own time of what is read: of the booking, or of the end of the meeting. */
  observedAt: Timestamp
}
