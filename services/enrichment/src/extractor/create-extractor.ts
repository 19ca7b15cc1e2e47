import { TransientError } from '@leadlog/contracts'
import type { Extraction } from '../model/extract.ts'
import type { Extractor } from './extractor.ts'

/** Recorded with each answer of the fallback: why it was asked. */
export type FallbackReason = 'circuit-open' | 'switched-off'

export interface ExtractorChoice {
  readonly primary: Extractor
  /** The rules. */
  readonly fallback: Extractor
  /** True while calls to the primary's vendor are not even tried, because they failed again and again. */
  readonly circuitOpen: () => boolean
  /** True while somebody has switched the primary off. */
  readonly switchedOff: () => boolean
}

/**
 * The primary extractor, and the fallback while the primary is switched off or its circuit is open. An answer of the
 * fallback says so in its call record (`fallbackBecause`). A single failure is no reason: it is retried later with the primary.
 */
export function createExtractor({ primary, fallback, circuitOpen, switchedOff }: ExtractorChoice): Extractor {
  const notNow = (): FallbackReason | null => (switchedOff() ? 'switched-off' : circuitOpen() ? 'circuit-open' : null)
  const choose = async <T>(extract: (extractor: Extractor) => Promise<Extraction<T>>): Promise<Extraction<T>> => {
    const because = notNow()
    if (because !== null) return labelled(await extract(fallback), because)
    try {
      return await extract(primary)
    } catch (error) {
      // The circuit opened with this call, or lets only one trial call through and this was not it.
      if (!(error instanceof TransientError) || !circuitOpen()) throw error
      return labelled(await extract(fallback), 'circuit-open')
    }
  }
  return {
    origin: (kind) => (notNow() === null ? primary : fallback).origin(kind),
    leadIntel: (booking, signal) => choose((extractor) => extractor.leadIntel(booking, signal)),
    meddic: (meeting, quality, signal) => choose((extractor) => extractor.meddic(meeting, quality, signal))
  }
}

function labelled<T>(extraction: Extraction<T>, fallbackBecause: FallbackReason): Extraction<T> {
  return { ...extraction, call: { ...extraction.call, fallbackBecause } }
}
