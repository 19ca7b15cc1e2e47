import {
  CallAttributed,
  CallTranscribed,
  ExtractionRejected,
  ExtractionSkipped,
  ExtractionStarted,
  isEvent,
  MeddicExtracted,
  MeetingTranscribed,
  newEvent,
  MeetingHeld,
  MeetingReportUpdated,
  PermanentError,
  type EventOf
} from '@leadlog/contracts'
import { defineReactor, type HandlerContext } from '@leadlog/service'
import type { ReadingDeps } from '../deps.ts'
import { meetingQuality } from '../meddic/meeting-quality.ts'
import { callEvents, callsToRead } from './calls-to-read.ts'
import { extractionRef } from './extraction.ts'
import { isWorthReading, readTranscript } from './read.ts'
import { transcriptEvents, transcriptReading } from './reading-of.ts'
import { readOnce } from './read-once.ts'
import { platformTranscript, type TranscriptSource } from './transcript-source.ts'

/** Model calls at once in one process; the vendor's budget is the real limit. */
const READINGS_AT_ONCE = 8

/** Held meetings and sales calls, also those whose lead becomes known later → MEDDIC, behind the quality gate: a transcript without substance is not read at all. */
export const readTranscripts = defineReactor({
  name: 'read-transcripts',
  on: [...transcriptEvents, MeetingTranscribed, ...callEvents],
  emits: [ExtractionStarted, MeddicExtracted, ExtractionRejected, ExtractionSkipped],
  concurrency: READINGS_AT_ONCE,
  orderKey: (event) => (event.data as { personId: string }).personId,
  handle: async (event, deps: ReadingDeps, context) => {
    if (isEvent(event, CallAttributed)) {
      await readAll(await callsToRead(event, context), deps, context)
      return
    }
    if (isEvent(event, MeetingTranscribed)) {
      await readUnlessReported(event, deps, context)
      return
    }
    const [source] = isEvent(event, CallTranscribed) ? await callsToRead(event, context) : [event]
    if (source) await read(source, deps, context)
  }
})

async function read(source: TranscriptSource, deps: ReadingDeps, context: HandlerContext): Promise<void> {
  await readOnce(transcriptReading(source), meetingQuality(source.data), deps, context, () =>
    readTranscript(source, deps.extractor, context.signal)
  )
}

/** A notetaker's report of the same meeting tells more, and is read instead. */
async function readUnlessReported(
  event: EventOf<typeof MeetingTranscribed>,
  deps: ReadingDeps,
  context: HandlerContext
): Promise<void> {
  const source = platformTranscript(event)
  const { events } = await context.load({ context: 'meetings', aggregate: 'meeting', id: event.data.meetingId })
  const isReported = events.some(
    (told) => (isEvent(told, MeetingHeld) || isEvent(told, MeetingReportUpdated)) && isWorthReading(told)
  )
  if (!isReported) {
    await read(source, deps, context)
    return
  }
  const reading = transcriptReading(source)
  await context.transact({
    step: 'reported',
    load: [extractionRef(reading.extractionId)],
    decide: () => [
      newEvent(ExtractionSkipped, reading.extractionId, { ...reading, reason: 'a report of the same meeting is read' })
    ]
  })
}

/** Several recordings because of one event: each has steps of its own, and one that cannot be read keeps none of the others back. */
async function readAll(
  sources: readonly TranscriptSource[],
  deps: ReadingDeps,
  context: HandlerContext
): Promise<void> {
  const failures: unknown[] = []
  for (const source of sources) {
    const transact: HandlerContext['transact'] = ({ step = '', ...request }) =>
      context.transact({ ...request, step: `${source.data.sessionId}/${step}` })
    await read(source, deps, { ...context, transact }).catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw failures.find((error) => !(error instanceof PermanentError)) ?? failures[0]
}
