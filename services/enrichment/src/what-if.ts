/** What reading past bookings and transcripts another way needs; nothing of it records an event. */
export { enrichmentConfig, isOpenAi } from './config.ts'
export {
  bookingEvents,
  bookingReading,
  isBookingEvent,
  isTranscriptEvent,
  transcriptEvents,
  transcriptReading,
  type BookingEvent,
  type TranscriptEvent
} from './extraction/reading-of.ts'
export { extractionRef, type Reading } from './extraction/extraction.ts'
export { isWorthReading, readBooking, readTranscript } from './extraction/read.ts'
export type { Extractor } from './extractor/extractor.ts'
export { createModelExtractor, type Prompts } from './extractor/model-extractor.ts'
export { createRulesExtractor, RULES_VERSION } from './extractor/rules-extractor.ts'
export { leadIntelPrompt, leadIntelTask } from './lead-intel/prompt.ts'
export { meddicPrompt, meddicTask } from './meddic/prompt.ts'
export { meetingQuality } from './meddic/meeting-quality.ts'
export { connectModel, type ModelConnection, type ModelSettings } from './model-http/connect-model.ts'
export { ExtractionFailure } from './model/extraction-failure.ts'
export { costMicroUsd } from './model/prices.ts'
export type { Prompt } from './model/prompt-parts.ts'
export { noTranscription } from './transcription/no-transcription.ts'
