import {
  derivedId,
  ExtractionSkipped,
  ExtractionStarted,
  isEvent,
  LeadIntelExtracted,
  MeddicExtracted,
  newEvent,
  type AggregateRef,
  type ExtractionKind,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'

/** What is read: named by its content, so that the same answers or the same report are read once. */
export interface Reading {
  readonly extractionId: string
  readonly kind: ExtractionKind
  readonly personId: string
  readonly meetingId: string
  /** Of what was no meeting but a call, whose id is the meeting's then. */
  readonly callId?: string
  readonly observedAt: string
}

/** The id of the reading of a content of a person. It holds no date, for a reschedule repeats the answers. */
export function extractionIdOf(personId: string, kind: ExtractionKind, contentDigest: string): string {
  return derivedId('extraction', personId, kind, contentDigest)
}

export function extractionRef(extractionId: string): AggregateRef {
  return { context: 'enrichment', aggregate: 'extraction', id: extractionId }
}

/** True where the content was read already. */
export function isRead(history: readonly RecordedEvent[]): boolean {
  return history.some((event) => isEvent(event, LeadIntelExtracted) || isEvent(event, MeddicExtracted))
}

/** The beginning of a reading, or the note that there is nothing new to read. */
export function decideStart(
  reading: Reading,
  history: readonly RecordedEvent[],
  by: { provider: string; model: string; promptVersion: string }
): readonly NewEvent[] {
  return isRead(history)
    ? [skipped(reading)]
    : [newEvent(ExtractionStarted, reading.extractionId, { ...reading, ...by })]
}

/** The result; without one, or where another delivery of the same content was read meanwhile, that nothing is new. */
export function decideFinish(
  reading: Reading,
  history: readonly RecordedEvent[],
  result: NewEvent | null
): readonly NewEvent[] {
  return result === null || isRead(history) ? [skipped(reading)] : [result]
}

function skipped(reading: Reading): NewEvent {
  return newEvent(ExtractionSkipped, reading.extractionId, {
    ...reading,
    reason: 'the same content of this person was read before'
  })
}
