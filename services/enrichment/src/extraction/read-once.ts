import {
  ExtractionRejected,
  ExtractionStarted,
  isEvent,
  newEvent,
  type ModelCall,
  type NewEvent,
  type TranscriptQuality
} from '@leadlog/contracts'
import type { HandlerContext } from '@leadlog/service'
import type { ReadingDeps } from '../deps.ts'
import { ExtractionFailure } from '../model/extraction-failure.ts'
import type { ReadingOutcome } from './reading.metrics.ts'
import { decideFinish, decideStart, extractionRef, isRead, type Reading } from './extraction.ts'

/**
 * Reads a content once: records the beginning, lets it be read, records the result. Read before, it records that there
 * is nothing new. A crash in between reads again; the result is recorded once per attempt that was asked for.
 *
 * @throws ExtractionFailure after it was recorded as rejected; what the extractor throws
 */
export async function readOnce(
  reading: Reading,
  quality: TranscriptQuality | null,
  deps: ReadingDeps,
  context: HandlerContext,
  read: () => Promise<NewEvent>
): Promise<void> {
  const ref = extractionRef(reading.extractionId)
  const count = (outcome: ReadingOutcome, call?: ModelCall | null) => deps.measured.ended(reading.kind, outcome, call)
  const started = await context.transact({
    step: stepOf('start', context),
    load: [ref],
    decide: ([history]) => decideStart(reading, history?.events ?? [], deps.extractor.origin(reading.kind))
  })
  const mustRead = 'events' in started && started.events.some((event) => isEvent(event, ExtractionStarted))
  if (!mustRead) {
    count('skipped')
    return
  }
  const finish = (result: NewEvent | null) =>
    context.transact({
      step: stepOf('finish', context),
      load: [ref],
      decide: ([history]) => decideFinish(reading, history?.events ?? [], result)
    })
  if (isRead((await context.load(ref)).events)) {
    // Between two attempts another delivery of the same content was read; or our own result is recorded already.
    await finish(null)
    count('skipped')
    return
  }
  try {
    const result = await read()
    await finish(result)
    const { call } = result.data as { call: ModelCall | null }
    count(result.definition === ExtractionRejected ? 'rejected' : 'extracted', call)
  } catch (error) {
    if (!(error instanceof ExtractionFailure)) {
      count('failed')
      throw error
    }
    const { code, issues, call } = error
    await finish(
      newEvent(ExtractionRejected, reading.extractionId, { ...reading, code, issues: [...issues], quality, call })
    )
    count('rejected', call)
    throw error
  }
}

/** A retry by an operator is an attempt of its own: it must not find the rejection of the one before. */
function stepOf(step: string, { attemptToken }: HandlerContext): string {
  return attemptToken === '' ? step : `${step}/${attemptToken}`
}
