import { Type, type Static } from '@sinclair/typebox'
import { OneOf } from '../scalars.ts'

/** How far a transcript can be trusted, measured before any extraction. */
export const TranscriptQuality = Type.Object({
  verdict: OneOf('good', 'partial', 'unusable'),
  coverage: Type.Number({
    minimum: 0,
    maximum: 1,
    description: 'share of the meeting that the transcript spans with speech'
  }),
  longestGapSeconds: Type.Number({ minimum: 0 }),
  speakerCount: Type.Integer({ minimum: 0 }),
  blockCount: Type.Integer({ minimum: 0 }),
  characterCount: Type.Integer({ minimum: 0 }),
  /** For example `low-coverage`, `long-gap`, `single-speaker`, `customer-silent`, `empty`; `summary-only` where the notes were read instead. */
  flags: Type.Array(Type.String())
})
export type TranscriptQuality = Static<typeof TranscriptQuality>
