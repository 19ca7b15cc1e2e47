import type { FileStore } from '@leadlog/files'
import type { ReadingMeasures } from './extraction/reading.metrics.ts'
import type { Extractor } from './extractor/extractor.ts'
import type { Transcriber } from './transcription/transcriber.ts'
import type { TranscriptionMeasures } from './transcription/transcription.metrics.ts'

/** What reading needs. */
export interface ReadingDeps {
  readonly extractor: Extractor
  /** Reads without calling outside, for trying. */
  readonly rules: Extractor
  readonly measured: ReadingMeasures
}

/** What writing recordings down needs. */
export interface TranscriptionDeps {
  /** Writes recordings down; null where no model is set up. */
  readonly transcriber: Transcriber | null
  readonly transcribed: TranscriptionMeasures
  readonly files: FileStore
  /** A clock that only goes forward, in milliseconds. */
  readonly now: () => number
}

/** What the reactors need. */
export type EnrichmentDeps = ReadingDeps & TranscriptionDeps
