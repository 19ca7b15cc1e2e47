import type { ExtractionKind, LeadIntel, Meddic, TranscriptQuality } from '@leadlog/contracts'
import type { BookingInput } from '../lead-intel/booking-input.ts'
import type { MeetingInput } from '../meddic/meeting-input.ts'
import type { Extraction } from '../model/extract.ts'

/** Who reads, as it is recorded before the reading begins. */
export interface Origin {
  readonly provider: string
  readonly model: string
  readonly promptVersion: string
}

/**
 * Reads bookings and meetings, whoever does it: a model or the rules. Rejects with ExtractionFailure where the answer
 * can not be used, with the provider's TransientError or PermanentError where there is none.
 */
export interface Extractor {
  origin(kind: ExtractionKind): Origin
  leadIntel(booking: BookingInput, signal?: AbortSignal): Promise<Extraction<LeadIntel>>
  meddic(meeting: MeetingInput, quality: TranscriptQuality, signal?: AbortSignal): Promise<Extraction<Meddic>>
}
