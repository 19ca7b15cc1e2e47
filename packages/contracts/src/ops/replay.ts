import { Type } from '@sinclair/typebox'

/** What every event of a replay says of it. */
export const replayFields = {
  runId: Type.String(),
  service: Type.String(),
  handler: Type.String(),
  stream: Type.String(),
  /** Of the first and the last message that the run was given. */
  fromSequence: Type.Integer({ minimum: 0 }),
  toSequence: Type.Integer({ minimum: 0 }),
  /** Messages that the run was given. */
  total: Type.Integer({ minimum: 0 }),
  /** Effects that the operator told to repeat, by their names. */
  repeatEffects: Type.Array(Type.String())
}

/** How far a replay got. */
export const replayCounts = {
  replayed: Type.Integer({ minimum: 0 }),
  failed: Type.Integer({ minimum: 0 }),
  /** Gone from the stream, or not the handler's. */
  refused: Type.Integer({ minimum: 0 }),
  remaining: Type.Integer({ minimum: 0 })
}
