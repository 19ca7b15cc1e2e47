import type { EventOf, ExtractionRejected, MeddicExtracted, TranscriptQuality } from '@leadlog/contracts'

/** What the reading of a transcript gave, or why it gave nothing. */
export interface MeddicReading {
  readonly eventId: string
  readonly extractionId: string
  /** Own time of what was read. */
  readonly observedAt: string
  readonly provider: string | null
  readonly model: string | null
  readonly promptVersion: string | null
  readonly confidence: number | null
  /** Part to text; empty parts are left out. */
  readonly parts: Readonly<Record<string, string>>
  readonly evidence: Readonly<Record<string, string>>
  readonly quality: TranscriptQuality | null
  /** Code of the rejection; null where the reading succeeded. */
  readonly rejectedBecause: string | null
}

/** What the reading of a transcript gave. */
export function readingOf(event: EventOf<typeof MeddicExtracted>): MeddicReading {
  const { meddic, quality, call, extractionId, observedAt } = event.data
  const { confidence, evidence, ...parts } = meddic
  return {
    eventId: event.id,
    extractionId,
    observedAt,
    provider: call.provider,
    model: call.model,
    promptVersion: call.promptVersion,
    confidence,
    parts: Object.fromEntries(Object.entries(parts).filter(([, text]) => text !== '')),
    evidence: Object.fromEntries(evidence.map(({ field, quote }) => [field, quote])),
    quality,
    rejectedBecause: null
  }
}

/** Why it gave nothing. */
export function rejectionOf(event: EventOf<typeof ExtractionRejected>): MeddicReading {
  const { code, quality, call, extractionId, observedAt } = event.data
  return {
    eventId: event.id,
    extractionId,
    observedAt,
    provider: call?.provider ?? null,
    model: call?.model ?? null,
    promptVersion: call?.promptVersion ?? null,
    confidence: null,
    parts: {},
    evidence: {},
    quality,
    rejectedBecause: code
  }
}
