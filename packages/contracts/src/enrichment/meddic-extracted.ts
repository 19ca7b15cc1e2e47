import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { extractionFields, ModelCall } from './extraction.ts'
import { Meddic } from './meddic.ts'
import { TranscriptQuality } from './transcript-quality.ts'

export const MeddicExtracted = defineEvent({
  type: 'enrichment.MeddicExtracted.v1',
  aggregate: 'extraction',
  description: "A transcript was read: MEDDIC with evidence, the transcript's quality, provenance and cost.",
  data: Type.Object({ ...extractionFields, meddic: pii(Meddic), quality: TranscriptQuality, call: ModelCall })
})
