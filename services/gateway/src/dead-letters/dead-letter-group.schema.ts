import { Nullable, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'

/** Dead letters of one kind: the same failure of the same handler. */
export const DeadLetterGroup = Type.Object({
  fingerprint: Type.String(),
  count: Type.Integer(),
  firstAt: Timestamp,
  lastAt: Timestamp,
  service: Type.String(),
  handler: Type.String(),
  code: Type.String(),
  message: Type.String({ description: 'of the newest' }),
  eventType: Nullable(Type.String({ description: 'of the newest' })),
  retries: Type.Integer({ description: 'how often all of them together were tried again' }),
  sampleIds: Type.Array(Type.String(), { description: 'some of them, newest first' })
})
export type DeadLetterGroup = Static<typeof DeadLetterGroup>

export const DeadLetterGroups = Type.Object({
  data: Type.Array(DeadLetterGroup),
  truncated: Type.Boolean({ description: 'there are more groups than are listed' })
})
export type DeadLetterGroups = Static<typeof DeadLetterGroups>
