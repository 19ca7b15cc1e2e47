import { ExtractionKind, Nullable, PersonId, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'

/** Which past readings are looked at. */
export const Selection = Type.Object({
  from: Nullable(Timestamp),
  to: Nullable(Timestamp),
  kinds: Type.Array(ExtractionKind, { minItems: 1 }),
  leadIds: Nullable(Type.Array(PersonId, { minItems: 1 })),
  readBy: Nullable(Type.String({ description: 'provider, model or prompt version of the recorded reading' })),
  limit: Nullable(Type.Integer({ minimum: 1, description: 'most leads, the newest first' }))
})
export type Selection = Static<typeof Selection>
