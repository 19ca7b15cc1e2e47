import { type Static } from '@sinclair/typebox'
import { OneOf } from '../scalars.ts'

/**
 * How far a transfer is. `moving`: the caller and ours go into a conference; `calling`: the caller is held while the colleague
 * rings; `introducing`: ours and the colleague talk, and the caller is held; `with-colleague`, `with-agent`: whom the
 * caller talks to; `fell-back`: nobody was left, and the caller is put to the fallback; `over`: the caller hung up, or goes
 * on in the flow.
 */
export const transferStages = [
  'moving',
  'calling',
  'introducing',
  'with-colleague',
  'with-agent',
  'fell-back',
  'over'
] as const
export const TransferStage = OneOf(...transferStages)
export type TransferStage = Static<typeof TransferStage>
