import { Nullable, OneOf, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import type { EventIndexRow } from './event-index.projection.ts'
import type { Trace } from './trace.queries.ts'

const TraceNodeAnswer = Type.Object({
  id: Type.String(),
  parentId: Nullable(Type.String()),
  depth: Type.Integer({ description: '0 for a first cause' }),
  relation: OneOf('cause', 'self', 'effect', 'other'),
  type: Type.String(),
  service: Type.String(),
  subject: Type.String(),
  stream: Type.String(),
  sequence: Type.Integer(),
  time: Timestamp,
  msSinceParent: Nullable(Type.Integer()),
  msSinceStart: Type.Integer(),
  summary: Type.String(),
  facts: Type.Record(Type.String(), Type.Unknown()),
  repeated: Type.Boolean({ description: 'told before under another cause; its effects are there' })
})

/** Causes and effects of an event, as a tree in reading order. */
export const TraceAnswer = Type.Object({
  eventId: Type.String(),
  correlationIds: Type.Array(Type.String()),
  durationMs: Type.Integer({ description: 'from the first event to the last' }),
  truncated: Type.Boolean(),
  nodes: Type.Array(TraceNodeAnswer)
})
export type TraceAnswer = Static<typeof TraceAnswer>

export function traceAnswerOf(event: EventIndexRow, trace: Trace): TraceAnswer {
  return {
    eventId: event.id,
    correlationIds: [...trace.correlationIds],
    durationMs: Math.max(0, ...trace.nodes.map(({ msSinceStart }) => msSinceStart)),
    truncated: trace.truncated,
    nodes: trace.nodes.map((node) => ({ ...node, facts: { ...node.facts } }))
  }
}
