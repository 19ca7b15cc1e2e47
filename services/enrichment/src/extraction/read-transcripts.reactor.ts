import {
  CallTranscribed,
  ExtractionRejected,
  ExtractionSkipped,
  ExtractionStarted,
  MeddicExtracted
} from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import type { ReadingDeps } from '../deps.ts'
import { meetingQuality } from '../meddic/meeting-quality.ts'
import { readTranscript } from './read.ts'
import { transcriptEvents, transcriptReading } from './reading-of.ts'
import { readOnce } from './read-once.ts'
import { transcriptSource } from './transcript-source.ts'

/** Model calls at once in one process; the vendor's budget is the real limit. */
const READINGS_AT_ONCE = 8

/** Held meetings and sales calls → MEDDIC, behind the quality gate: a transcript without substance is not read at all. */
export const readTranscripts = defineReactor({
  name: 'read-transcripts',
  on: [...transcriptEvents, CallTranscribed],
  emits: [ExtractionStarted, MeddicExtracted, ExtractionRejected, ExtractionSkipped],
  concurrency: READINGS_AT_ONCE,
  orderKey: (event) => (event.data as { personId: string }).personId,
  handle: async (event, deps: ReadingDeps, context) => {
    const source = transcriptSource(event)
    if (source === null) return
    const quality = meetingQuality(source.data)
    await readOnce(transcriptReading(source), quality, deps, context, () =>
      readTranscript(source, deps.extractor, context.signal)
    )
  }
})
