import { Nullable, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'

/** Where a read model stands on one stream. */
export const ProjectionAnswer = Type.Object({
  name: Type.String(),
  version: Type.Integer(),
  stream: Type.String(),
  sequence: Type.Integer({ description: 'every event up to here is applied' }),
  lastSequence: Type.Integer({ description: 'newest message of the stream' }),
  lagEvents: Type.Integer(),
  lagSeconds: Type.Integer({ description: 'age of the newest applied event while there are newer ones' }),
  updatedAt: Timestamp,
  parkedKeys: Type.Integer({ description: 'rows whose events could not be applied; all others go on' }),
  parked: Type.Array(
    Type.Object({
      key: Type.String(),
      sequence: Type.Integer(),
      eventType: Type.String(),
      code: Nullable(Type.String()),
      message: Type.String(),
      parkedAt: Timestamp
    })
  )
})
export type ProjectionAnswer = Static<typeof ProjectionAnswer>
