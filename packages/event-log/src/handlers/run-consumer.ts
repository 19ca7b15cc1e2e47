import { TransientError, type RecordedEvent } from '@leadlog/contracts'
import { causeOf } from '../append/cause.ts'
import type { EventLog } from '../event-log.ts'
import { createPullSource } from '../pull/pull-source.ts'
import { loadCounts, noAttempts, noteGivenBack, type AttemptCounts } from './attempt-counts.ts'
import { crashSuspected, decideCrashed, decideOutcome, type Deliveries } from './decide-outcome.ts'
import { createDispatcher } from './dispatcher.ts'
import { DEFAULT_ACK_WAIT_MS, ensureConsumer } from './ensure-consumer.ts'
import type { FailedMessage } from './failure-records.ts'
import type { BatchHandlerSpec, BatchOutcome, Delivery, RunningHandler } from './handler-spec.ts'
import { inHandlerSpans, startHandlerSpan } from './handler-span.ts'
import { createHeldMessages, type HeldMessage } from './held-messages.ts'
import { messageLogger, settleMessage } from './message-settler.ts'
import { DEFAULT_RETRY_DELAYS_MS, type Outcome, type RetryPolicy } from './outcome.ts'
import { receivedMessage, type ReceivedMessage } from './received-message.ts'

/** Pause before a message is tried again whose attempts cannot be counted. */
const UNCOUNTED_PAUSE_MS = 5_000

/** Kubernetes kills after 30 s by default; this leaves the rest of the shutdown ten. */
const DEFAULT_GRACE_MS = 20_000

type Decoded = { readonly event: RecordedEvent } | { readonly error: unknown }

/** Runs a durable consumer until it is stopped; the engine under single and batch handlers. */
export async function runConsumer(
  log: EventLog,
  spec: BatchHandlerSpec,
  random: () => number
): Promise<RunningHandler> {
  const { service, handler, stream } = spec
  const name = log.naming.durable(service, handler)
  const policy: RetryPolicy = { retryDelaysMs: spec.retryDelaysMs ?? DEFAULT_RETRY_DELAYS_MS, random }
  const orderKey = spec.orderKey ?? ((event: RecordedEvent) => event.subject)
  const wanted = spec.types ? new Set(spec.types.map(withoutVersion)) : null
  const ending = new AbortController()
  const counts = { acked: 0, retried: 0, deferred: 0, deadLettered: 0, skipped: 0 }
  let stopping = false
  let intake: Promise<void> = Promise.resolve()

  const held = createHeldMessages(spec.ackWaitMs ?? DEFAULT_ACK_WAIT_MS, (count) =>
    log.metrics.onInFlight?.({ service, handler, count })
  )
  const dispatcher = createDispatcher<HeldMessage>({ ...spec, run: (items) => runBatch(items) })
  const source = createPullSource({
    connection: log.connection,
    watch: log.watch,
    logger: log.logger,
    stream: log.naming.stream(stream),
    room: () => spec.concurrency * spec.maxBatch - held.size,
    receive: (message) => receive(receivedMessage(log.connection, message)),
    prepare: () => ensureConsumer(log, spec)
  })

  const receive = (message: ReceivedMessage): void => {
    if (stopping) return message.nak()
    if (message.attempt > 1) log.metrics.onRedelivered?.({ service, handler, attempt: message.attempt })
    if (isUnwanted(message.eventType)) return skip(message)
    const entry = held.hold(message)
    if (!entry) return
    const decoding = decode(message)
    // One after another, so that messages of a key keep their order however long each takes to open.
    intake = intake.then(async () => accept(entry, await decoding))
  }

  const decode = async ({ sequence, payload }: ReceivedMessage): Promise<Decoded> => {
    try {
      return { event: await log.decode({ stream, sequence, payload }) }
    } catch (error) {
      return { error }
    }
  }

  const accept = async (entry: HeldMessage, decoded: Decoded): Promise<void> => {
    const { attempt } = entry.message
    if (stopping) return giveBack(entry)
    if ('error' in decoded) return void settleFailed(entry, decoded.error)
    entry.event = decoded.event
    if (isUnwanted(decoded.event.type)) {
      release(entry)
      return skip(entry.message)
    }
    // What is known of its deliveries is looked at only where they are many.
    const known = attempt > crashSuspected(policy) ? await countsOf(entry) : noAttempts
    if (known === null) return
    const crashed = decideCrashed(attempt, known, policy)
    if (crashed) return void settle(entry, crashed, known)
    if (stopping) return giveBack(entry)
    dispatcher.add(orderKey(decoded.event), entry)
  }

  const runBatch = async (items: readonly HeldMessage[]): Promise<void> => {
    const deliveries = items.flatMap(deliveriesOf)
    const spans = items.flatMap(({ span }) => span ?? [])
    const outcomes = await inHandlerSpans(spans, () => handle(deliveries))
    await Promise.all(items.map((entry, index) => finish(entry, outcomes[index])))
  }

  const deliveriesOf = (entry: HeldMessage): Delivery[] => {
    const { event, message } = entry
    if (!event) return []
    entry.span = startHandlerSpan(spec, event, message)
    const logger = messageLogger(log, failedMessage(entry))
    const cause = causeOf(event, entry.span.traceparent)
    return [{ event, context: { attempt: message.attempt, cause, logger, signal: ending.signal } }]
  }

  const handle = async (deliveries: readonly Delivery[]): Promise<readonly BatchOutcome[]> => {
    try {
      const outcomes = await spec.handleBatch(deliveries)
      if (outcomes.length === deliveries.length) return outcomes
      throw new TypeError(`${name} returned ${outcomes.length} outcomes for ${deliveries.length} events`)
    } catch (error) {
      return deliveries.map(() => ({ kind: 'failed', error: error ?? new TypeError('a handler threw nothing') }))
    }
  }

  const finish = async (entry: HeldMessage, outcome: BatchOutcome | undefined): Promise<void> => {
    if (!outcome) return giveBack(entry)
    if (outcome.kind === 'ack') return settle(entry, outcome, noAttempts)
    // Cut short by the end of the process: not the message's fault.
    if (outcome.kind === 'failed' && ending.signal.aborted && !(outcome.error instanceof TransientError))
      return giveBack(entry)
    if (outcome.kind === 'failed') return settleFailed(entry, outcome.error)
    const known = await countsOf(entry)
    return known ? settle(entry, outcome, known) : undefined
  }

  const settleFailed = async (entry: HeldMessage, error: unknown): Promise<void> => {
    const known = await countsOf(entry)
    if (known) await settle(entry, decideOutcome(error, asDeliveries(known), policy), known)
  }

  /** Null where they cannot be had: then the message is given back for a little while. */
  const countsOf = async (entry: HeldMessage): Promise<AttemptCounts | null> => {
    try {
      return await loadCounts(log, failedMessage(entry))
    } catch (error) {
      log.logger.warn({ err: error, handler, sequence: entry.message.sequence }, 'attempts cannot be counted now')
      entry.span?.end('EVENT_LOG_UNAVAILABLE')
      entry.message.nak(UNCOUNTED_PAUSE_MS)
      release(entry)
      return null
    }
  }

  const settle = async (entry: HeldMessage, outcome: Outcome, known: AttemptCounts): Promise<void> => {
    const settled = await inHandlerSpans(entry.span ? [entry.span] : [], () =>
      settleMessage(log, failedMessage(entry), outcome, known, entry.receivedAt, spec.onGiveUp)
    )
    entry.span?.set({ outcome: settled })
    entry.span?.end(outcome.kind === 'ack' ? undefined : (outcome.code ?? 'RETRY_REQUESTED'))
    if (settled === 'ack') counts.acked += 1
    else if (settled === 'defer') counts.deferred += 1
    else if (settled === 'retry') counts.retried += 1
    else counts.deadLettered += 1
    release(entry)
  }

  const failedMessage = ({ message, event, span }: HeldMessage): FailedMessage => ({
    service,
    handler,
    stream,
    message,
    event,
    traceparent: span?.traceparent
  })

  const skip = (message: ReceivedMessage): void => {
    message.ack()
    counts.skipped += 1
  }

  const giveBack = async (entry: HeldMessage): Promise<void> => {
    entry.span?.set({ outcome: 'given-back' })
    entry.span?.end()
    await noteGivenBack(log, failedMessage(entry))
    entry.message.nak()
    release(entry)
  }

  const release = (entry: HeldMessage): void => {
    held.release(entry)
    source.refill()
  }

  const isUnwanted = (type: string | null): boolean =>
    wanted !== null && type !== null && !wanted.has(withoutVersion(type))

  const stop = async (graceMs: number): Promise<void> => {
    stopping = true
    await Promise.all(dispatcher.stop().map(giveBack))
    await source.stop()
    await intake
    const grace = setTimeout(() => ending.abort(new Error(`${name} is stopping`)), graceMs)
    await held.whenNone()
    clearTimeout(grace)
    held.close()
    // The answers must have left before the connection is closed.
    if (log.watch.online && !log.connection.isClosed()) await log.connection.flush().catch(() => undefined)
  }

  try {
    await source.start()
  } catch (error) {
    held.close()
    await source.stop()
    throw error
  }
  let stopped: Promise<void> | undefined
  return {
    name,
    stop: ({ graceMs = DEFAULT_GRACE_MS } = {}) => (stopped ??= stop(graceMs)),
    stats: () => ({ held: held.size, running: dispatcher.running, ...counts })
  }
}

function asDeliveries({ used, deferred, waitingSince }: AttemptCounts): Deliveries {
  return { used, deferred, waitedMs: waitingSince === null ? 0 : Date.now() - Date.parse(waitingSince) }
}

/** Versions of one event are one type to a handler: it is given the newest. */
function withoutVersion(type: string): string {
  return type.replace(/\.v\d+$/, '')
}
