import {
  BETWEEN_QUOTES,
  type EnrichedField,
  type LeadIntel,
  type Meddic,
  type TranscriptQuality
} from '@leadlog/contracts'

type Evidence = LeadIntel['evidence']

/**
 * The fields of a lead that a booking gives, under the names of {@link LeadIntel}. Empty values are left out: not
 * knowing something is no reason to forget what was known.
 */
export function leadIntelFields(intel: LeadIntel): EnrichedField[] {
  const { confidence: _confidence, evidence, ...values } = intel
  return filledFields(values, evidence)
}

/**
 * The fields of a lead that a transcript gives, named `meddicMetrics`, `meddicEconomicBuyer` and so on, and
 * `transcriptQuality`: how far the transcript can be trusted, in words.
 */
export function meddicFields(meddic: Meddic, quality: TranscriptQuality): EnrichedField[] {
  const { confidence: _confidence, evidence, ...parts } = meddic
  return [
    ...filledFields(parts, evidence).map((field) => ({ ...field, field: meddicName(field.field) })),
    { field: 'transcriptQuality', value: qualityText(quality), evidence: null }
  ]
}

function filledFields(values: Record<string, string | string[]>, evidence: Evidence): EnrichedField[] {
  return Object.entries(values)
    .filter(([, value]) => value.length > 0)
    .map(([field, value]) => ({ field, value, evidence: evidenceFor(field, evidence) }))
}

function evidenceFor(field: string, evidence: Evidence): string | null {
  const quotes = evidence.filter((entry) => entry.field === field).map(({ quote }) => quote)
  return quotes.length === 0 ? null : [...new Set(quotes)].join(BETWEEN_QUOTES)
}

function meddicName(part: string): string {
  return `meddic${part.charAt(0).toUpperCase()}${part.slice(1)}`
}

function qualityText(quality: TranscriptQuality): string {
  const measures = [
    `${Math.round(quality.coverage * 100)} % of the meeting`,
    `longest hole ${durationText(quality.longestGapSeconds)}`,
    quality.speakerCount === 1 ? '1 speaker' : `${quality.speakerCount} speakers`
  ]
  const flags = quality.flags.length === 0 ? '' : ` (${quality.flags.join(', ')})`
  return `${quality.verdict}: ${measures.join(', ')}${flags}`
}

function durationText(seconds: number): string {
  return seconds < 60 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`
}
