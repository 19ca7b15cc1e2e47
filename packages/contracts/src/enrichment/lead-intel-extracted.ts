import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { extractionFields, ModelCall } from './extraction.ts'
import { LeadIntel } from './lead-intel.ts'

export const LeadIntelExtracted = defineEvent({
  type: 'enrichment.LeadIntelExtracted.v1',
  aggregate: 'extraction',
  description: 'A booking was read: lead intelligence with evidence, provenance and cost.',
  data: Type.Object({ ...extractionFields, intel: pii(LeadIntel), call: ModelCall })
})
