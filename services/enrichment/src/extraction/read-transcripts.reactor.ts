import { ExtractionRejected, ExtractionSkipped, ExtractionStarted, MeddicExtracted } from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import type { EnrichmentDeps } from '../deps.ts'
import { meetingQuality } from '../meddic/meeting-quality.ts'
import { readTranscript } from './read.ts'
import { transcriptEvents, transcriptReading } from './reading-of.ts'
import { readOnce } from './read-once.ts'

/** Model calls at once in one process; the vendor's budget is the real limit. */
const READINGS_AT_ONCE = 8

/** Held meetings → MEDDIC, behind the quality gate: a transcript without substance is not read at all. */
export const readTranscripts = defineReactor({
  name: 'read-transcripts',
  on: transcriptEvents,
  emits: [ExtractionStarted, MeddicExtracted, ExtractionRejected, ExtractionSkipped],
  concurrency: READINGS_AT_ONCE,
  orderKey: (event) => (event.data as { personId: string }).personId,
  handle: async (event, deps: EnrichmentDeps, context) => {
    const quality = meetingQuality(event.data)
    await readOnce(transcriptReading(event), quality, deps, context, () =>
      readTranscript(event, deps.extractor, context.signal)
    )
  }
})
