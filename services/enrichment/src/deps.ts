import type { Counter } from 'prom-client'
import type { Extractor } from './extractor/extractor.ts'

/** What the reactors need. */
export interface EnrichmentDeps {
  readonly extractor: Extractor
  /** Readings by kind and by what became of them: extracted, rejected, skipped, failed. */
  readonly readings: Counter<'kind' | 'outcome'>
}
