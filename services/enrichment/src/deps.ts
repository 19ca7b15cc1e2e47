import type { ReadingMeasures } from './extraction/reading.metrics.ts'
import type { Extractor } from './extractor/extractor.ts'

/** What the reactors need. */
export interface EnrichmentDeps {
  readonly extractor: Extractor
  readonly measured: ReadingMeasures
}
