import {
  ERASED_TEXT,
  ExtractionRejected,
  isEvent,
  LeadIntelExtracted,
  MeddicExtracted,
  subjectFilterOf,
  type EventOf,
  type EventSource,
  type RecordedEvent
} from '@leadlog/contracts'
import {
  bookingEvents,
  bookingReading,
  extractionRef,
  isBookingEvent,
  isTranscriptEvent,
  transcriptReading,
  type BookingEvent,
  type Reading,
  type TranscriptEvent
} from '@leadlog/enrichment/what-if'
import type { EventLog } from '@leadlog/event-log'
import type { Selection } from './selection.ts'

/** Events asked for at a time. */
const BATCH_EVENTS = 500
const BATCH_WAIT_MS = 20

/** Histories loaded at a time. */
const LOADS_AT_ONCE = 16

/** How a reading ended. */
export type ReadingResult =
  EventOf<typeof LeadIntelExtracted> | EventOf<typeof MeddicExtracted> | EventOf<typeof ExtractionRejected>

/** One content that was read, or should have been. */
export interface PastReading {
  readonly reading: Reading
  /** The booking or the report. */
  readonly source: BookingEvent | TranscriptEvent
  /** What came of it; null where it was never finished. */
  readonly recorded: ReadingResult | null
  /** Sequence of the reading's newest event; 0 for none. */
  readonly sequence: number
}

/** What a selection gave. */
export interface FoundReadings {
  readonly readings: readonly PastReading[]
  /** Readings of erased persons, which nobody can read any more. */
  readonly erased: number
}

/**
 * The readings of a selection, oldest first. A content counts at its first appearance: a reschedule that repeats the
 * answers is not another reading.
 *
 * @param asOf sequence of EVENTS up to which is looked
 */
export async function findReadings(
  log: EventSource & Pick<EventLog, 'load'>,
  selection: Selection,
  asOf: number,
  signal: AbortSignal,
  onProgress: (sequence: number) => void = () => undefined
): Promise<FoundReadings> {
  const seen = new Set<string>()
  const sources: { reading: Reading; source: BookingEvent | TranscriptEvent }[] = []
  let erased = 0
  const look = (event: RecordedEvent): void => {
    if (!isBookingEvent(event) && !isTranscriptEvent(event)) return
    if (event.data.customer.email === ERASED_TEXT) {
      if (inRange(event, selection)) erased += 1
      return
    }
    const reading = isBookingEvent(event) ? bookingReading(event) : transcriptReading(event)
    if (seen.has(reading.extractionId)) return
    seen.add(reading.extractionId)
    if (isSelected(reading, event, selection)) sources.push({ reading, source: event })
  }
  if (asOf > 0) {
    const request = {
      stream: 'EVENTS',
      fromSequence: 1,
      untilSequence: asOf,
      // Both kinds of events are facts about meetings.
      subjects: [...new Set(bookingEvents.flatMap((definition) => subjectFilterOf(definition) ?? []))],
      maxEvents: BATCH_EVENTS,
      maxWaitMs: BATCH_WAIT_MS,
      signal
    }
    for await (const batch of log.batches(request)) {
      batch.events.forEach(look)
      onProgress(batch.throughSequence)
    }
  }
  signal.throwIfAborted()
  const readings: PastReading[] = []
  for (let start = 0; start < sources.length; start += LOADS_AT_ONCE) {
    const part = sources.slice(start, start + LOADS_AT_ONCE)
    readings.push(...(await Promise.all(part.map(async (found) => ({ ...found, ...(await resultOf(log, found)) })))))
    signal.throwIfAborted()
  }
  return { readings: newestLeads(readings.filter(wasReadBy(selection.readBy)), selection.limit), erased }
}

function inRange({ time }: RecordedEvent, { from, to }: Selection): boolean {
  const at = Date.parse(time)
  return (from === null || at >= Date.parse(from)) && (to === null || at < Date.parse(to))
}

function isSelected(reading: Reading, event: RecordedEvent, selection: Selection): boolean {
  return (
    inRange(event, selection) &&
    selection.kinds.includes(reading.kind) &&
    (selection.leadIds === null || selection.leadIds.includes(reading.personId))
  )
}

async function resultOf(
  log: Pick<EventLog, 'load'>,
  { reading }: { reading: Reading }
): Promise<Pick<PastReading, 'recorded' | 'sequence'>> {
  const { events, sequence } = await log.load(extractionRef(reading.extractionId))
  return { recorded: events.findLast(isResult) ?? null, sequence }
}

function isResult(event: RecordedEvent): event is ReadingResult {
  return isEvent(event, LeadIntelExtracted) || isEvent(event, MeddicExtracted) || isEvent(event, ExtractionRejected)
}

function wasReadBy(name: string | null): (past: PastReading) => boolean {
  return ({ recorded }) => {
    const call = recorded?.data.call
    return name === null || (!!call && [call.provider, call.model, call.promptVersion].includes(name))
  }
}

/** All readings of the leads that were read about last. */
function newestLeads(readings: readonly PastReading[], limit: number | null): readonly PastReading[] {
  if (limit === null) return readings
  const leads = new Set<string>()
  for (const { reading } of readings.toReversed()) if (leads.size < limit) leads.add(reading.personId)
  return readings.filter(({ reading }) => leads.has(reading.personId))
}
