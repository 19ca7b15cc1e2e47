import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { extractionFields } from './extraction.ts'

export const ExtractionSkipped = defineEvent({
  type: 'enrichment.ExtractionSkipped.v1',
  aggregate: 'extraction',
  description:
    'Nothing new to read: the same content of the same person was read before, for example the answers that a reschedule repeats.',
  data: Type.Object({ ...extractionFields, reason: Type.String() })
})
