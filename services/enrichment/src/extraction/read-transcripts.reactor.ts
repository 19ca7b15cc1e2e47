import {
  ExtractionRejected,
  ExtractionSkipped,
  ExtractionStarted,
  MeddicExtracted,
  MeetingHeld,
  MeetingReportUpdated,
  newEvent
} from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import type { EnrichmentDeps } from '../deps.ts'
import { meetingQuality } from '../meddic/meeting-quality.ts'
import { extractionIdOf, type Reading } from './extraction.ts'
import { readOnce } from './read-once.ts'

/** Model calls at once in one process; the vendor's budget is the real limit. */
const READINGS_AT_ONCE = 8

/** Held meetings → MEDDIC, behind the quality gate: a transcript without substance is not read at all. */
export const readTranscripts = defineReactor({
  name: 'read-transcripts',
  on: [MeetingHeld, MeetingReportUpdated],
  emits: [ExtractionStarted, MeddicExtracted, ExtractionRejected, ExtractionSkipped],
  concurrency: READINGS_AT_ONCE,
  orderKey: (event) => (event.data as { personId: string }).personId,
  handle: async (event, deps: EnrichmentDeps, context) => {
    const { personId, meetingId, endedAt, sessionId, contentDigest } = event.data
    const quality = meetingQuality(event.data)
    const reading: Reading = {
      extractionId: extractionIdOf(personId, 'meddic', `${sessionId} ${contentDigest}`),
      kind: 'meddic',
      personId,
      meetingId,
      observedAt: endedAt
    }
    await readOnce(reading, quality, deps, context, async () => {
      if (quality.verdict === 'unusable') {
        return newEvent(ExtractionRejected, reading.extractionId, {
          ...reading,
          code: 'ENRICHMENT_TRANSCRIPT_UNUSABLE',
          issues: [...quality.flags],
          quality,
          call: null
        })
      }
      const { value, call } = await deps.extractor.meddic(event.data, quality, context.signal)
      return newEvent(MeddicExtracted, reading.extractionId, { ...reading, meddic: value, quality, call })
    })
  }
})
