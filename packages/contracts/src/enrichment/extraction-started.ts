import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { extractionFields } from './extraction.ts'

export const ExtractionStarted = defineEvent({
  type: 'enrichment.ExtractionStarted.v1',
  aggregate: 'extraction',
  description: 'The reading of a booking or a transcript began.',
  data: Type.Object({
    ...extractionFields,
    provider: Type.String(),
    model: Type.String(),
    promptVersion: Type.String()
  })
})
