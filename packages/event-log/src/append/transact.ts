import { setTimeout as delay } from 'node:timers/promises'
import {
  aggregateSubject,
  derivedEventId,
  isRefusal,
  PermanentError,
  TransientError,
  type AggregateRef,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import type { EventCodec } from '../codec/codec.ts'
import type { OutgoingMessage } from '../codec/message.ts'
import { eventLogErrors } from '../errors.ts'
import type { EventLogMetrics } from '../metrics.ts'
import type { Naming } from '../naming.ts'
import { eventSubject, type AggregateHistory, type Histories } from '../read/histories.ts'
import type { ConnectionWatch } from '../server/connection-watch.ts'
import { rideThrough } from '../server/ride-through.ts'
import type { AppendPipeline } from './append-pipeline.ts'
import type { AppendedHere } from './appended-here.ts'
import type { Guesses } from './guesses.ts'
import type { KeyedLock } from './keyed-lock.ts'
import type { ExecuteRequest, TransactRequest, TransactResult } from './transact-request.ts'
import { findRecorded, MAX_EVENTS_PER_TRANSACTION, type RecordedReader } from './recorded-before.ts'

/** Rivals in other processes win at most a few rounds; beyond this the message is better tried again later. */
const MAX_ATTEMPTS = 12

/** First pause after a lost race, in milliseconds; doubled each time up to the longest. */
const FIRST_PAUSE_MS = 2
const LONGEST_PAUSE_MS = 100

export interface TransactContext {
  readonly histories: Histories
  readonly codec: EventCodec
  readonly pipeline: AppendPipeline
  readonly naming: Naming
  readonly lock: KeyedLock
  readonly watch: ConnectionWatch
  readonly recorded: RecordedReader
  readonly appendedHere: AppendedHere
  readonly guesses: Guesses
  readonly metrics?: EventLogMetrics | undefined
  /** 0 ≤ value < 1, for jitter. */
  readonly random: () => number
}

/** See EventLog.transact. */
export async function transact(context: TransactContext, request: TransactRequest): Promise<TransactResult> {
  // Within one process the rivals for an aggregate queue up instead of losing races against each other.
  return context.lock.run(request.load.map(aggregateSubject), () => decideUntilRecorded(context, request))
}

/** See EventLog.execute. */
export async function execute<State, Command>(
  context: TransactContext,
  request: ExecuteRequest<State, Command>
): Promise<TransactResult> {
  const { decider, command, ref, ...rest } = request
  return transact(context, {
    ...rest,
    load: [ref],
    decide: ([history]) =>
      decider.decide(
        command,
        (history?.events ?? []).reduce((state, event) => decider.evolve(state, event), decider.initialState())
      )
  })
}

async function decideUntilRecorded(context: TransactContext, request: TransactRequest): Promise<TransactResult> {
  // Not knowing whether an append was stored is no obstacle: looking again finds it by its ids.
  const mayGuess = context.guesses.allowed()
  const guessed = mayGuess ? await rideThrough(context.watch, () => decideFromMemory(context, request)) : null
  if (guessed) return guessed
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const result = await rideThrough(context.watch, () => decideOnce(context, request, mayGuess && attempt === 1))
    if (result) return result
    context.metrics?.onConflict?.({ handler: request.handler, attempt })
    await delay(context.random() * Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS))
  }
  throw new TransientError(
    eventLogErrors.contention,
    `${request.handler} lost ${MAX_ATTEMPTS} races for ${request.load.map(aggregateSubject).join(', ')}; it will be tried again`
  )
}

/**
 * Decides on the histories as this process remembers them, without asking whether there is more. What is remembered is
 * the beginning of a history, so an append that follows it is only stored where it was all of it: every aggregate
 * that was looked at gets an event, hence its expected sequence is checked. Null where it has to be looked up: something
 * is not remembered, or nothing was decided, or the append was refused.
 */
async function decideFromMemory(context: TransactContext, request: TransactRequest): Promise<TransactResult | null> {
  const recalled = await Promise.all(request.load.map((ref) => context.histories.recall(ref)))
  const loaded = recalled.filter((history) => history !== null)
  if (loaded.length < recalled.length) return null
  const before = await findRecorded(context.recorded, request, loaded, context.appendedHere)
  if (before) return { events: before, repeated: true }
  const decision = decisionOrNull(request, loaded)
  if (decision === null || isRefusal(decision)) return null
  if (decision.length === 0) return request.nothingIsFinal ? { events: [], repeated: false } : null
  const decided = new Set(decision.map((event) => aggregateSubject(refOf(event))))
  if (!loaded.every(({ ref }) => decided.has(aggregateSubject(ref)))) return null
  const histories = await withMissing(loaded, decision, (ref) => recallOrNew(context, ref))
  const elsewhere = histories.slice(loaded.length)
  const beforeElsewhere = await findRecorded(context.recorded, request, elsewhere, context.appendedHere)
  if (beforeElsewhere) return { events: beforeElsewhere, repeated: true }
  const events = await append(context, request, histories, decision)
  if (events) context.guesses.won()
  else context.guesses.lost()
  return events && { events, repeated: false }
}

/** Null where the decider fails, which may be for what the beginning of a history lacks. */
function decisionOrNull(
  request: TransactRequest,
  loaded: readonly AggregateHistory[]
): ReturnType<TransactRequest['decide']> | null {
  try {
    return request.decide(loaded)
  } catch {
    return null
  }
}

/** Null when something newer was in the way. */
async function decideOnce(
  context: TransactContext,
  request: TransactRequest,
  mayGuess: boolean
): Promise<TransactResult | null> {
  const loaded = await Promise.all(request.load.map((ref) => context.histories.load(ref)))
  const before = await findRecorded(context.recorded, request, loaded, context.appendedHere)
  if (before) return { events: before, repeated: true }
  const decision = request.decide(loaded)
  if (isRefusal(decision)) return { refusal: decision }
  if (decision.length === 0) return { events: [], repeated: false }
  // What a decision makes without having looked at it is new nearly always; where it is not, the append is refused.
  const isGuess = mayGuess && !context.guesses.paused
  const histories = await withMissing(loaded, decision, (ref) =>
    isGuess ? recallOrNew(context, ref) : context.histories.load(ref)
  )
  const beforeElsewhere = await findRecorded(
    context.recorded,
    request,
    histories.slice(loaded.length),
    context.appendedHere
  )
  if (beforeElsewhere) return { events: beforeElsewhere, repeated: true }
  const events = await append(context, request, histories, decision)
  if (!events && isGuess && histories.length > loaded.length) context.guesses.lost()
  return events ? { events, repeated: false } : null
}

async function recallOrNew({ histories }: TransactContext, ref: AggregateRef): Promise<AggregateHistory> {
  return (await histories.recall(ref)) ?? { ref, events: [], sequence: 0 }
}

/** A decision may create an aggregate that it did not ask for; its history is needed for the expected sequence. */
async function withMissing(
  loaded: readonly AggregateHistory[],
  decision: readonly NewEvent[],
  find: (ref: AggregateRef) => Promise<AggregateHistory>
): Promise<AggregateHistory[]> {
  const known = new Set(loaded.map((history) => aggregateSubject(history.ref)))
  const missing = new Map<string, AggregateRef>()
  for (const ref of decision.map(refOf)) if (!known.has(aggregateSubject(ref))) missing.set(aggregateSubject(ref), ref)
  return [...loaded, ...(await Promise.all([...missing.values()].map(find)))]
}

/** Null when something newer, or one of the ids, was in the way. */
async function append(
  context: TransactContext,
  request: TransactRequest,
  histories: readonly AggregateHistory[],
  decision: readonly NewEvent[]
): Promise<RecordedEvent[] | null> {
  if (decision.length > MAX_EVENTS_PER_TRANSACTION) {
    throw new PermanentError(
      eventLogErrors.transactionTooLarge,
      `${request.handler} decided ${decision.length} events at once; ${MAX_EVENTS_PER_TRANSACTION} is the limit. Split the command`
    )
  }
  const expected = new Map(histories.map((history) => [eventSubject(history.ref), history.sequence]))
  const messages = await encodeAll(context, request, decision, new Map(expected))
  const result = await context.pipeline.append(messages, { urgent: request.urgent })
  if (result.kind !== 'stored') return null
  for (const { id } of messages) context.appendedHere.note(id, request.handler)
  const sealed = await Promise.all(
    messages.map(async ({ payload }, index) =>
      context.codec.parse({ stream: 'EVENTS', sequence: result.sequences[index] ?? 0, payload })
    )
  )
  for (const { ref } of histories) {
    const own = sealed.filter((event) => event.envelope.subject === aggregateSubject(ref))
    if (own.length > 0) context.histories.remember(ref, expected.get(eventSubject(ref)) ?? 0, own)
  }
  return Promise.all(sealed.map(async (event) => context.codec.open(event)))
}

async function encodeAll(
  { codec, naming }: TransactContext,
  request: TransactRequest,
  decision: readonly NewEvent[],
  expected: Map<string, number>
): Promise<OutgoingMessage[]> {
  return Promise.all(
    decision.map(async (event, index) => {
      const subject = eventSubject(refOf(event))
      // The server checks a subject once per batch: the first message of each carries the expectation for all.
      const expectedSequence = expected.get(subject)
      expected.delete(subject)
      return codec.encode({
        id: derivedEventId(request.cause.id, request.handler, index),
        definition: event.definition,
        aggregateId: event.aggregateId,
        data: event.data,
        actor: request.actor,
        correlationId: request.cause.correlationId,
        causationId: request.cause.id,
        traceparent: request.cause.traceparent,
        stream: 'EVENTS',
        subject: naming.subject(subject),
        expectedSequence
      })
    })
  )
}

function refOf(event: NewEvent): AggregateRef {
  return { context: event.definition.context, aggregate: event.definition.aggregate, id: event.aggregateId }
}
