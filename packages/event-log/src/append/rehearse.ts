import {
  aggregateSubject,
  derivedEventId,
  isRefusal,
  PermanentError,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import { dataProblem } from '../codec/checker.ts'
import { schemaUri } from '../codec/schema-uri.ts'
import { eventLogErrors } from '../errors.ts'
import type { AggregateHistory, Histories } from '../read/histories.ts'
import type { AppendedHere } from './appended-here.ts'
import { findRecorded, type RecordedReader } from './recorded-before.ts'
import type { TransactRequest, TransactResult } from './transact-request.ts'

export interface RehearseContext {
  readonly histories: Histories
  readonly recorded: RecordedReader
  readonly appendedHere: AppendedHere
  readonly source: string
  readonly clock: () => Date
}

/** See EventLog.rehearse. */
export async function rehearse(
  { histories, recorded, appendedHere, source, clock }: RehearseContext,
  request: TransactRequest,
  imagined: readonly RecordedEvent[]
): Promise<TransactResult> {
  const loaded = await Promise.all(request.load.map(async (ref) => withImagined(await histories.load(ref), imagined)))
  const before = await findRecorded(recorded, request, loaded, appendedHere)
  if (before) return { events: before, repeated: true }
  const decision = request.decide(loaded)
  if (isRefusal(decision)) return { refusal: decision }
  const after = Math.max(0, ...loaded.map(({ sequence }) => sequence))
  const time = clock().toISOString()
  return {
    events: decision.map((event, index) => imaginedEvent(request, event, { index, after, source, time })),
    repeated: false
  }
}

/** The history as it would be with events that were only decided. */
export function withImagined(history: AggregateHistory, imagined: readonly RecordedEvent[]): AggregateHistory {
  const subject = aggregateSubject(history.ref)
  const added = imagined.filter((event) => event.subject === subject)
  const last = added.at(-1)
  return last ? { ref: history.ref, events: [...history.events, ...added], sequence: last.sequence } : history
}

function imaginedEvent(
  { cause, handler, actor }: TransactRequest,
  { definition, aggregateId, data }: NewEvent,
  { index, after, source, time }: { index: number; after: number; source: string; time: string }
): RecordedEvent {
  const problem = dataProblem(definition, data)
  if (problem !== null)
    throw new PermanentError(eventLogErrors.eventInvalid, `${definition.type} cannot be recorded: ${problem}`)
  return {
    specversion: '1.0',
    id: derivedEventId(cause.id, handler, index),
    source,
    type: definition.type,
    subject: aggregateSubject({ context: definition.context, aggregate: definition.aggregate, id: aggregateId }),
    time,
    datacontenttype: 'application/json',
    dataschema: schemaUri(definition.type),
    schemaversion: definition.version,
    correlationid: cause.correlationId,
    causationid: cause.id,
    actor,
    data,
    stream: 'EVENTS',
    sequence: after + 1 + index
  }
}
