import { Nullable, OneOf, Timestamp } from '@leadlog/contracts'
import type { RunningProjections } from '@leadlog/projections'
import { Type, type Static } from '@sinclair/typebox'

/** A row whose events wait because one of them could not be applied. */
export const ParkedKey = Type.Object({
  key: Type.String(),
  sequence: Type.Integer(),
  eventType: Type.String(),
  code: Nullable(Type.String()),
  message: Type.String(),
  parkedAt: Timestamp
})
export type ParkedKey = Static<typeof ParkedKey>

/** Where a read model stands on one stream. */
export const ProjectionAnswer = Type.Object({
  name: Type.String(),
  version: Type.Integer(),
  state: OneOf('running', 'catching-up', 'standby', 'rebuilding', 'superseded'),
  stream: Type.String(),
  sequence: Type.Integer({ description: 'every event up to here is applied' }),
  lastSequence: Type.Integer({ description: 'newest message of the stream' }),
  lagEvents: Type.Integer(),
  lagSeconds: Type.Integer({ description: 'age of the newest applied event while there are newer ones' }),
  updatedAt: Nullable(Timestamp),
  parkedKeys: Type.Integer({ description: 'rows whose events could not be applied; all others go on' }),
  parked: Type.Array(ParkedKey)
})
export type ProjectionAnswer = Static<typeof ProjectionAnswer>

type Standing = Awaited<ReturnType<RunningProjections['positions']>>[number]

export function projectionOf(standing: Standing, parked: readonly ParkedKey[]): ProjectionAnswer {
  return {
    name: standing.projection,
    version: standing.version,
    state: standing.state,
    stream: standing.stream,
    sequence: standing.sequence,
    lastSequence: standing.sequence + standing.lagEvents,
    lagEvents: standing.lagEvents,
    lagSeconds: standing.lagSeconds,
    updatedAt: standing.updatedAt?.toISOString() ?? null,
    parkedKeys: standing.parkedKeys,
    parked: [...parked]
  }
}
