import { Type } from '@sinclair/typebox'

/** What every event of a redrive says of it. */
export const redriveFields = {
  runId: Type.String(),
  /** What the dead letters of the group have in common. */
  fingerprint: Type.String(),
  /** Dead letters that the run was given. */
  total: Type.Integer({ minimum: 0 })
}

/** How far a redrive got. */
export const redriveCounts = {
  resolved: Type.Integer({ minimum: 0 }),
  failed: Type.Integer({ minimum: 0 }),
  /** Closed by somebody else meanwhile, or their message is gone. */
  refused: Type.Integer({ minimum: 0 }),
  /** Not tried live. */
  remaining: Type.Integer({ minimum: 0 })
}
