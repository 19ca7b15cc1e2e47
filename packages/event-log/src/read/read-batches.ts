import { setTimeout as delay } from 'node:timers/promises'
import type { EventBatch, EventBatchRequest, RecordedEvent } from '@leadlog/contracts'
import { JetStreamApiError, type JetStreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import type { EventCodec } from '../codec/codec.ts'
import { isUnreadable } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { EventLogMetrics } from '../metrics.ts'
import type { Naming } from '../naming.ts'
import type { ConnectionWatch } from '../server/connection-watch.ts'
import { createFlowRate } from './flow-rate.ts'
import { openOrderedSource, type OrderedMessage, type OrderedSource } from './ordered-source.ts'
import { settleInOrder } from './settle-in-order.ts'

/** Batches held ready while the reader works on one. */
const BATCHES_AHEAD = 2

/** A batch of large events ends early: decoded, they take a few times as much, and readers hold several batches. */
const BATCH_BYTES = 1024 * 1024

/** With a subject filter only the server knows how far the stream went on without us; how often to ask, while idle. */
const LOOK_AHEAD_MS = 250

/** Without a filter nothing happens that no message tells. */
const FOR_EVER_MS = 3_600_000

/** Pause before opening or decoding is tried again while the server, or the keyring, is away. */
const RETRY_PAUSE_MS = 250

const STREAM_NOT_FOUND = 10059

/** A message that could not be read. */
export interface UnreadableMessage {
  readonly sequence: number
  readonly code: string
  readonly message: string
}

/** The contract's batch, and the messages that had to be left out of it. */
export interface EventLogBatch extends EventBatch {
  readonly unreadable: readonly UnreadableMessage[]
}

export interface ReadBatchesContext {
  readonly connection: NatsConnection
  readonly manager: JetStreamManager
  readonly naming: Naming
  readonly codec: EventCodec
  readonly watch: ConnectionWatch
  readonly logger: Logger
  readonly metrics: EventLogMetrics
}

/** See EventLog.batches. */
export async function* readBatches(
  context: ReadBatchesContext,
  request: EventBatchRequest
): AsyncGenerator<EventLogBatch, void, undefined> {
  const { signal, maxEvents, maxWaitMs, busyWaitMs = maxWaitMs, untilSequence: until = Infinity } = request
  const source = await openPatiently(context, request)
  if (!source) return
  const wake = (): void => source.wake()
  signal.addEventListener('abort', wake)
  let through = request.fromSequence - 1
  let caughtUpBefore = false
  const rate = createFlowRate(() => performance.now())
  try {
    while (!signal.aborted && through < until) {
      const bounded = until !== Infinity || !caughtUpBefore
      await source.wait(1, bounded ? maxWaitMs : source.filtered ? LOOK_AHEAD_MS : FOR_EVER_MS)
      if (signal.aborted) return
      if (source.buffered === 0) {
        const level = await source.caughtUpTo().catch(() => null)
        if (level === null || (caughtUpBefore && level <= through)) continue
        caughtUpBefore = true
        through = Math.max(through, Math.min(level, until))
        yield { events: [], unreadable: [], throughSequence: through, caughtUp: true }
        continue
      }
      await source.wait(maxEvents, rate.isBusy ? busyWaitMs : maxWaitMs)
      const taken = source.take(maxEvents, BATCH_BYTES)
      rate.took(taken)
      const messages = taken.filter(({ sequence }) => sequence <= until)
      const decoded = await decodeAll(context, request, messages)
      if (!decoded) return
      const last = taken.at(-1)
      through = Math.min(until, last?.sequence ?? through)
      const caughtUp = last?.last === true && source.buffered === 0
      caughtUpBefore ||= caughtUp
      yield { ...decoded, throughSequence: through, caughtUp }
    }
  } finally {
    signal.removeEventListener('abort', wake)
    await source.close()
  }
}

/** Null when the reader gave up before the server was there. */
async function openPatiently(
  { connection, manager, naming, watch, logger }: ReadBatchesContext,
  { stream, subjects = [], fromSequence, maxEvents, signal }: EventBatchRequest
): Promise<OrderedSource | null> {
  while (!signal.aborted && !connection.isClosed()) {
    try {
      return await openOrderedSource({
        connection,
        manager,
        watch,
        logger,
        stream: naming.stream(stream),
        subjects: subjects.map((subject) => naming.subject(subject)),
        fromSequence: Math.max(1, fromSequence),
        capacity: maxEvents * BATCHES_AHEAD
      })
    } catch (error) {
      if (error instanceof JetStreamApiError && error.code === STREAM_NOT_FOUND) throw error
      logger.debug({ err: error, stream }, 'stream cannot be read yet')
      await pause(signal)
    }
  }
  return null
}

/** Null when the reader gave up while something needed for decoding was away. */
async function decodeAll(
  context: ReadBatchesContext,
  { stream, signal }: EventBatchRequest,
  messages: readonly OrderedMessage[]
): Promise<{ events: RecordedEvent[]; unreadable: UnreadableMessage[] } | null> {
  while (!signal.aborted) {
    try {
      return await decodeOnce(context, stream, messages)
    } catch (error) {
      context.logger.warn({ err: error, stream }, 'events cannot be decoded now, trying again')
      await pause(signal)
    }
  }
  return null
}

async function decodeOnce(
  { codec, logger, metrics }: ReadBatchesContext,
  stream: string,
  messages: readonly OrderedMessage[]
): Promise<{ events: RecordedEvent[]; unreadable: UnreadableMessage[] }> {
  const unreadable: UnreadableMessage[] = []
  const passOver = (sequence: number, error: unknown): null => {
    if (!isUnreadable(error)) throw error
    unreadable.push({ sequence, code: error.code, message: error.message })
    metrics.onUnreadable?.({ stream, sequence })
    logger.error({ stream, sequence, reason: error.message }, 'unreadable message passed over')
    return null
  }
  const decoded = messages.map(({ sequence, payload }): RecordedEvent | null | Promise<RecordedEvent | null> => {
    if (payload === null) return null
    try {
      const event = codec.decode({ stream, sequence, payload })
      return event instanceof Promise ? event.catch((error: unknown) => passOver(sequence, error)) : event
    } catch (error) {
      return passOver(sequence, error)
    }
  })
  const events = await settleInOrder(decoded)
  return { events: events.filter((event) => event !== null), unreadable }
}

async function pause(signal: AbortSignal): Promise<void> {
  await delay(RETRY_PAUSE_MS, undefined, { signal }).catch(() => undefined)
}
