import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { pii } from '../event/pii.ts'
import { extractionFields, ModelCall } from './extraction.ts'
import { LeadIntel } from './lead-intel.ts'
import { Meddic } from './meddic.ts'
import { TranscriptQuality } from './transcript-quality.ts'

const { personId: _personId, ...reading } = extractionFields

export const AdoptReading = defineCommand({
  service: 'enrichment',
  name: 'AdoptReading',
  description: 'Puts another reading of a booking or a transcript into force, as a what-if found it.',
  data: Type.Object(
    {
      email: pii(Type.String({ description: 'of the person whose content was read' })),
      ...reading,
      afterSequence: Type.Integer({
        minimum: 0,
        description: "sequence of the extraction's newest event when the other reading was compared; 0 for none"
      }),
      intel: Type.Optional(pii(LeadIntel)),
      meddic: Type.Optional(pii(Meddic)),
      quality: Type.Optional(TranscriptQuality),
      call: ModelCall
    },
    { additionalProperties: false }
  ),
  result: Type.Object({ extractionId: Type.String() }),
  refusals: {
    ENRICHMENT_READING_CHANGED: 'the content was read again since the comparison, which is stale',
    ENRICHMENT_READING_INCOMPLETE: 'what was read is missing: intel for a booking, meddic and quality for a transcript'
  },
  personAddress: ({ email }) => email
})
