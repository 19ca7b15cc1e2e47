import { Nullable, OneOf, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import { PART_STATES, PARTS } from './public-status.ts'

const PartName = OneOf(...PARTS)

/** The status as anybody may read it. */
export const StatusAnswer = Type.Object({
  at: Timestamp,
  summary: Type.String({ description: 'one sentence' }),
  parts: Type.Array(
    Type.Object({
      part: PartName,
      name: Type.String(),
      state: OneOf(...PART_STATES),
      words: Type.String({ description: 'the state in words' }),
      since: Timestamp
    })
  ),
  incidents: Nullable(
    Type.Array(Type.Object({ part: PartName, what: Type.String(), from: Timestamp, until: Nullable(Timestamp) }), {
      description: 'those of the last seven days, newest first; null while they cannot be looked up'
    })
  )
})
export type StatusAnswer = Static<typeof StatusAnswer>
