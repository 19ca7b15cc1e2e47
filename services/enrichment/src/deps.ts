import type { ReadingMeasures } from './extraction/reading.metrics.ts'
import type { Extractor } from './extractor/extractor.ts'

/** What the reactors need. */
export interface EnrichmentDeps {
  readonly extractor: Extractor
  /** Reads without calling outside, for trying. */
  readonly rules: Extractor
  readonly measured: ReadingMeasures
}
