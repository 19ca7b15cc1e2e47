import { ExtractionRejected, LeadIntelExtracted, MeddicExtracted, newEvent, type NewEvent } from '@leadlog/contracts'
import type { Extractor } from '../extractor/extractor.ts'
import { meetingQuality } from '../meddic/meeting-quality.ts'
import { readableMeeting } from '../meddic/readable-meeting.ts'
import { bookingReading, transcriptReading, type BookingEvent } from './reading-of.ts'
import type { TranscriptSource } from './transcript-source.ts'

/** Reads a booking. Nothing is recorded here. @throws as the extractor does */
export async function readBooking(event: BookingEvent, extractor: Extractor, signal?: AbortSignal): Promise<NewEvent> {
  const reading = bookingReading(event)
  const { value, call } = await extractor.leadIntel(event.data, signal)
  return newEvent(LeadIntelExtracted, reading.extractionId, { ...reading, intel: value, call })
}

/** True where a report has the substance to be read at all: by its transcript, or by its summary. */
export function isWorthReading({ data }: TranscriptSource): boolean {
  return readableMeeting(data) !== null
}

/**
 * Reads the report of a held meeting or a call, behind the quality gate: a transcript without substance is not read, but the
 * notetaker's summary where there is one, and the reading says so.
 * Nothing is recorded here.
 *
 * @throws as the extractor does
 */
export async function readTranscript(
  event: TranscriptSource,
  extractor: Extractor,
  signal?: AbortSignal
): Promise<NewEvent> {
  const reading = transcriptReading(event)
  const readable = readableMeeting(event.data)
  if (readable === null) {
    const quality = meetingQuality(event.data)
    return newEvent(ExtractionRejected, reading.extractionId, {
      ...reading,
      code: 'ENRICHMENT_TRANSCRIPT_UNUSABLE',
      issues: [...quality.flags],
      quality,
      call: null
    })
  }
  const { meeting, quality } = readable
  const { value, call } = await extractor.meddic(meeting, quality, signal)
  return newEvent(MeddicExtracted, reading.extractionId, { ...reading, meddic: value, quality, call })
}
