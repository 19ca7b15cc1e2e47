import type { Evidence } from '@leadlog/contracts'
import { quoteMatcher } from '../text/quoted-words.ts'

/** What is left of the confidence where not one quote is found in the source. */
const UNSUPPORTED_SHARE = 0.5

export interface SupportedValue<T> {
  readonly value: T
  /** Fields whose quote does not occur in the source, or that do not exist. */
  readonly dropped: readonly string[]
}

/**
 * Holds an answer's quotes against the text it was made from. A quote that does not occur there, or that belongs to
 * an unknown field, is dropped: the field keeps its value but has no evidence, and the confidence is lowered in
 * proportion, down to a half where no quote holds. The value itself is not judged; a field without evidence is
 * visible as such wherever it is shown.
 */
export function supportedEvidence<T extends { confidence: number; evidence: Evidence[] }>(
  value: T,
  sources: readonly string[]
): SupportedValue<T> {
  const occurs = quoteMatcher(sources)
  const isKnown = (field: string) => Object.hasOwn(value, field)
  const kept = value.evidence.filter(({ field, quote }) => isKnown(field) && occurs(quote))
  const dropped = value.evidence.filter((entry) => !kept.includes(entry)).map(({ field }) => field)
  const share = value.evidence.length === 0 ? (isFilled(value) ? 0 : 1) : kept.length / value.evidence.length
  const confidence = value.confidence * (UNSUPPORTED_SHARE + (1 - UNSUPPORTED_SHARE) * share)
  return { value: { ...value, confidence: Math.round(confidence * 100) / 100, evidence: kept }, dropped }
}

function isFilled(value: object): boolean {
  return Object.values(value).some((part) => (typeof part === 'string' || Array.isArray(part)) && part.length > 0)
}
