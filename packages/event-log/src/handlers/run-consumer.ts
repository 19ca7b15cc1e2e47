import { TransientError, type RecordedEvent } from '@leadlog/contracts'
import { causeOf } from '../append/transact.ts'
import type { EventLog } from '../event-log.ts'
import { decideOutcome } from './decide-outcome.ts'
import { DEFAULT_ACK_WAIT_MS, ensureConsumer } from './ensure-consumer.ts'
import type { FailedMessage } from './failure-records.ts'
import type { BatchHandlerSpec, BatchOutcome, Delivery, HandlerStats, RunningHandler } from './handler-spec.ts'
import { createKeyOrder } from './key-order.ts'
import { messageLogger, settleMessage } from './message-settler.ts'
import { DEFAULT_RETRY_DELAYS_MS, type Outcome, type RetryPolicy } from './outcome.ts'
import { createPullSource } from '../pull/pull-source.ts'
import { receivedMessage, type ReceivedMessage } from './received-message.ts'

/** A message that came this often beyond its attempts, without any outcome, takes its process down each time. */
const CRASH_ALLOWANCE = 3

/** Kubernetes kills after 30 s by default; this leaves the rest of the shutdown ten. */
const DEFAULT_GRACE_MS = 20_000

/** Three signs of life in each ack wait: one may be lost. */
const SIGNS_PER_ACK_WAIT = 3

interface Held {
  readonly message: ReceivedMessage
  readonly receivedAt: number
  event: RecordedEvent | null
}

/** Runs a durable consumer until it is stopped; the engine under single and batch handlers. */
export async function runConsumer(
  log: EventLog,
  spec: BatchHandlerSpec,
  random: () => number
): Promise<RunningHandler> {
  const { service, handler, stream } = spec
  const name = log.naming.durable(service, handler)
  const policy: RetryPolicy = { retryDelaysMs: spec.retryDelaysMs ?? DEFAULT_RETRY_DELAYS_MS, random }
  const lastAttempt = policy.retryDelaysMs.length + 1 + CRASH_ALLOWANCE
  const capacity = spec.concurrency * spec.maxBatch
  const orderKey = spec.orderKey ?? ((event: RecordedEvent) => event.subject)
  const wanted = spec.types ? new Set(spec.types.map(withoutVersion)) : null
  const held = new Map<number, Held>()
  const order = createKeyOrder<Held>()
  const ending = new AbortController()
  const counts = { acked: 0, retried: 0, deadLettered: 0, skipped: 0 }
  let running = 0
  let stopping = false
  let intake: Promise<void> = Promise.resolve()
  let whenIdle: (() => void) | undefined
  let fillTimer: NodeJS.Timeout | undefined

  const failedMessage = ({ message, event }: Held): FailedMessage => ({ service, handler, stream, message, event })

  const receive = (message: ReceivedMessage): void => {
    if (stopping) return message.nak()
    const same = held.get(message.sequence)
    if (same) return same.message.supersede(message)
    if (message.attempt > 1) log.metrics.onRedelivered?.({ service, handler, attempt: message.attempt })
    if (isUnwanted(message.eventType)) return skip(message)
    const entry: Held = { message, receivedAt: performance.now(), event: null }
    hold(entry)
    const decoded = decode(message)
    // One after another, so that messages of a key keep their order however long each takes to open.
    intake = intake.then(async () => accept(entry, await decoded))
  }

  const decode = async (message: ReceivedMessage): Promise<RecordedEvent | { error: unknown }> => {
    try {
      return await log.decode({ stream, sequence: message.sequence, payload: message.payload })
    } catch (error) {
      return { error }
    }
  }

  const accept = (entry: Held, decoded: RecordedEvent | { error: unknown }): void => {
    if (stopping) return giveBack(entry)
    if ('error' in decoded) return void settle(entry, decideOutcome(decoded.error, entry.message.attempt, policy))
    entry.event = decoded
    if (isUnwanted(decoded.type)) {
      release(entry)
      return skip(entry.message)
    }
    if (entry.message.attempt > lastAttempt) return void settle(entry, crashedTooOften(entry.message.attempt))
    order.add(orderKey(decoded), entry)
    dispatch()
  }

  const dispatch = (): void => {
    while (!stopping && running < spec.concurrency) {
      if (!batchIsDue()) return
      const batch = order.take(spec.maxBatch)
      if (!batch) return
      running += 1
      void runBatch(batch.items).finally(() => {
        batch.release()
        running -= 1
        dispatch()
        checkIdle()
      })
    }
  }

  /** A batch starts when it is full or when its first event has waited long enough. */
  const batchIsDue = (): boolean => {
    const ready = order.ready
    if (ready === 0) return false
    if (ready >= spec.maxBatch || spec.maxBatchWaitMs <= 0 || fillTimerFired) {
      fillTimerFired = false
      clearTimeout(fillTimer)
      fillTimer = undefined
      return true
    }
    fillTimer ??= setTimeout(() => {
      fillTimer = undefined
      fillTimerFired = true
      dispatch()
    }, spec.maxBatchWaitMs)
    return false
  }
  let fillTimerFired = false

  const runBatch = async (items: readonly Held[]): Promise<void> => {
    const deliveries = items.map(deliveryOf)
    const outcomes = await handle(deliveries)
    await Promise.all(items.map((entry, index) => finish(entry, outcomes[index])))
  }

  const deliveryOf = (entry: Held): Delivery => {
    if (!entry.event) throw new TypeError('a message without its event cannot be handled')
    const { event } = entry
    return {
      event,
      context: {
        attempt: entry.message.attempt,
        cause: causeOf(event),
        logger: messageLogger(log, failedMessage(entry)),
        signal: ending.signal
      }
    }
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

  const finish = async (entry: Held, outcome: BatchOutcome | undefined): Promise<void> => {
    if (!outcome) return giveBack(entry)
    if (outcome.kind !== 'failed') return settle(entry, outcome)
    // Cut short by the end of the process: not the message's fault.
    if (ending.signal.aborted && !(outcome.error instanceof TransientError)) return giveBack(entry)
    return settle(entry, decideOutcome(outcome.error, entry.message.attempt, policy))
  }

  const settle = async (entry: Held, outcome: Outcome): Promise<void> => {
    const settled = await settleMessage(log, failedMessage(entry), outcome, entry.receivedAt)
    if (settled === 'ack') counts.acked += 1
    else if (settled === 'retry') counts.retried += 1
    else counts.deadLettered += 1
    release(entry)
  }

  const skip = (message: ReceivedMessage): void => {
    message.ack()
    counts.skipped += 1
    source.refill()
  }

  const giveBack = (entry: Held): void => {
    entry.message.nak()
    release(entry)
  }

  const hold = (entry: Held): void => {
    held.set(entry.message.sequence, entry)
    log.metrics.onInFlight?.({ service, handler, count: held.size })
  }

  const release = (entry: Held): void => {
    held.delete(entry.message.sequence)
    log.metrics.onInFlight?.({ service, handler, count: held.size })
    source.refill()
    checkIdle()
  }

  const checkIdle = (): void => {
    if (held.size === 0 && running === 0) whenIdle?.()
  }

  const isUnwanted = (type: string | null): boolean =>
    wanted !== null && type !== null && !wanted.has(withoutVersion(type))

  const source = createPullSource({
    connection: log.connection,
    watch: log.watch,
    logger: log.logger,
    stream: log.naming.stream(stream),
    room: () => capacity - held.size,
    receive: (message) => receive(receivedMessage(log.connection, message)),
    prepare: () => ensureConsumer(log, spec)
  })
  await source.start()
  const signs = setInterval(
    () => {
      for (const { message } of held.values()) message.working()
    },
    (spec.ackWaitMs ?? DEFAULT_ACK_WAIT_MS) / SIGNS_PER_ACK_WAIT
  )

  let stopped: Promise<void> | undefined
  const stop = async (graceMs: number): Promise<void> => {
    stopping = true
    clearTimeout(fillTimer)
    await source.stop()
    await intake
    for (const entry of order.drain()) giveBack(entry)
    const grace = setTimeout(() => ending.abort(new Error(`${name} is stopping`)), graceMs)
    if (held.size > 0 || running > 0) await new Promise<void>((resolve) => (whenIdle = resolve))
    clearTimeout(grace)
    clearInterval(signs)
    // The answers must have left before the connection is closed.
    if (log.watch.online && !log.connection.isClosed()) await log.connection.flush().catch(() => undefined)
  }

  return {
    name,
    stop: ({ graceMs = DEFAULT_GRACE_MS } = {}) => (stopped ??= stop(graceMs)),
    stats: (): HandlerStats => ({ held: held.size, running, ...counts })
  }
}

function crashedTooOften(attempt: number): Outcome {
  return {
    kind: 'dead-letter',
    reason: 'attempts-exhausted',
    code: 'HANDLER_CRASHED',
    message: `delivered ${attempt} times without an outcome: the process crashed while handling it`
  }
}

function withoutVersion(type: string): string {
  return type.replace(/\.v\d+$/, '')
}
