import {
  AdoptReading,
  LeadIntelExtracted,
  MeddicExtracted,
  newEvent,
  refuse,
  type CommandData,
  type NewEvent,
  type Refusal
} from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import { extractionRef, type Reading } from './extraction.ts'

/** Another reading of a content is put into force. */
export const adoptReadingCommand = defineCommandHandler({
  command: AdoptReading,
  emits: [LeadIntelExtracted, MeddicExtracted],
  handle: async (adopted, _deps: unknown, { personId, transact }) => {
    const result = await transact({
      load: [extractionRef(adopted.extractionId)],
      decide: ([history]) => decideAdopt(adopted, personId, history?.sequence ?? 0)
    })
    return 'refusal' in result ? result.refusal : { extractionId: adopted.extractionId }
  }
})

/** @param sequence of the extraction's newest event; 0 for none */
export function decideAdopt(
  adopted: CommandData<typeof AdoptReading>,
  personId: string,
  sequence: number
): readonly NewEvent[] | Refusal {
  const { extractionId, kind, meetingId, observedAt, intel, meddic, quality, call } = adopted
  if (sequence !== adopted.afterSequence) {
    return refuse(
      'ENRICHMENT_READING_CHANGED',
      'This was read again since the comparison. Run the what-if again and look at what it says now'
    )
  }
  const reading: Reading = { extractionId, kind, personId, meetingId, observedAt }
  if (kind === 'lead-intel' && intel) {
    return [newEvent(LeadIntelExtracted, extractionId, { ...reading, intel, call })]
  }
  if (kind === 'meddic' && meddic && quality) {
    return [newEvent(MeddicExtracted, extractionId, { ...reading, meddic, quality, call })]
  }
  return refuse('ENRICHMENT_READING_INCOMPLETE', `Nothing was given that a reading of kind ${kind} consists of`)
}
