import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Nullable } from '../scalars.ts'
import { extractionFields, ModelCall } from './extraction.ts'
import { TranscriptQuality } from './transcript-quality.ts'

export const ExtractionRejected = defineEvent({
  type: 'enrichment.ExtractionRejected.v1',
  aggregate: 'extraction',
  description:
    'No answer that may be used: still invalid after one repair, refused by the model, or a transcript without substance.',
  data: Type.Object({
    ...extractionFields,
    code: Type.String({ description: 'stable, for example ENRICHMENT_ANSWER_INVALID, ENRICHMENT_TRANSCRIPT_UNUSABLE' }),
    issues: Type.Array(Type.String()),
    quality: Nullable(TranscriptQuality),
    call: Nullable(ModelCall)
  })
})
