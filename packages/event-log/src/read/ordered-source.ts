import { AckPolicy, DeliverPolicy, ReplayPolicy, type JetStreamManager } from '@nats-io/jetstream'
import { nanos, type NatsConnection } from '@nats-io/transport-node'
import type { Logger } from '../logger.ts'
import { parseAckSubject } from '../pull/ack-subject.ts'
import { createPullSource } from '../pull/pull-source.ts'
import type { ConnectionWatch } from '../server/connection-watch.ts'
import { levelReached } from './level-reached.ts'
import { sieveOf } from './sieve.ts'

/** The server removes the consumer of a reader that has gone. */
const ABANDONED_AFTER_MS = 60_000

/** What may be held ready, as stored; decoded it takes a few times as much. */
const BUFFER_BYTES = 4 * 1024 * 1024
/** A request must have room for one message of the server's limit, headers and subjects included. */
const LARGEST_MESSAGE_BYTES = 2 * 1024 * 1024
/** What a message counts for whose data stands in the object store, since it does not say how much it is. */
const STORED_APART_BYTES = 1024 * 1024
/** The reference stands behind all that could look like one. */
const REFERENCE_WITHIN_BYTES = 256

export interface OrderedMessage {
  readonly sequence: number
  /** Null for a message that the reader does not want; it tells how far the stream went on. */
  readonly payload: Uint8Array | null
  /** The stream held nothing newer for this reader when it was sent. */
  readonly last: boolean
}

/** The messages of a stream in order, without a gap and without acknowledging, buffered up to a bound. */
export interface OrderedSource {
  readonly buffered: number
  /** The server leaves messages out: only it knows how far the stream went on without this reader. */
  readonly filtered: boolean
  /** At most so many, and no more bytes than that; one at least. */
  take(max: number, maxBytes: number): OrderedMessage[]
  /** Resolves when `count` messages, or as many bytes as may be held, are buffered, after the time, or when something disturbs the wait. */
  wait(count: number, timeoutMs: number): Promise<void>
  /** The stream's last sequence if all messages up to it have been taken; null when some are still to come. */
  caughtUpTo(): Promise<number | null>
  /** Ends a wait. */
  wake(): void
  close(): Promise<void>
}

export interface OrderedSourceOptions {
  readonly connection: NatsConnection
  readonly manager: JetStreamManager
  readonly watch: ConnectionWatch
  readonly logger: Logger
  /** Names on the server. */
  readonly stream: string
  readonly subjects: readonly string[]
  readonly fromSequence: number
  readonly capacity: number
}

/**
 * A consumer of its own that lives in the server's memory. A gap in its count, a reconnect or a restart of the server
 * makes a new one behind the last message received.
 */
export async function openOrderedSource(options: OrderedSourceOptions): Promise<OrderedSource> {
  const { manager, stream } = options
  const { filters, wants } = sieveOf(options.subjects)
  let buffer: OrderedMessage[] = []
  let bufferedBytes = 0
  let next = options.fromSequence
  let level = 0
  let consumerSequence = 0
  let consumer: string | null = null
  let wanted = 0
  let whenEnough: (() => void) | undefined

  const prepare = async (): Promise<string> => {
    forget()
    const created = await manager.consumers.add(stream, {
      ack_policy: AckPolicy.None,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: next,
      replay_policy: ReplayPolicy.Instant,
      filter_subjects: [...filters],
      inactive_threshold: nanos(ABANDONED_AFTER_MS),
      mem_storage: true,
      num_replicas: 1
    })
    consumer = created.name
    consumerSequence = 0
    return created.name
  }

  const isFull = (): boolean => bufferedBytes >= BUFFER_BYTES

  const forget = (): void => {
    if (consumer !== null && options.watch.online && !options.connection.isClosed())
      manager.consumers.delete(stream, consumer).catch(() => undefined)
    consumer = null
  }

  const source = createPullSource({
    connection: options.connection,
    watch: options.watch,
    logger: options.logger,
    stream,
    prepare,
    room: () => options.capacity - buffer.length,
    roomBytes: () => (isFull() ? 0 : Math.max(LARGEST_MESSAGE_BYTES, BUFFER_BYTES - bufferedBytes)),
    receive(message) {
      const place = parseAckSubject(message.reply ?? '')
      if (place.consumerSequence !== consumerSequence + 1) return source.restart()
      consumerSequence = place.consumerSequence
      next = place.sequence + 1
      const payload = wants(message.subject) ? message.data : null
      buffer.push({ sequence: place.sequence, payload, last: place.pending === 0 })
      bufferedBytes += weightOf(payload)
      if (buffer.length >= wanted || isFull()) whenEnough?.()
    }
  })
  await source.start()

  return {
    filtered: filters.length > 0,
    get buffered() {
      return buffer.length
    },
    take(max, maxBytes) {
      let count = 0
      let bytes = 0
      for (const { payload } of buffer) {
        const weight = weightOf(payload)
        if (count >= max || (count > 0 && bytes + weight > maxBytes)) break
        count += 1
        bytes += weight
      }
      const taken = buffer.slice(0, count)
      buffer = buffer.slice(count)
      bufferedBytes -= bytes
      source.refill()
      return taken
    },
    async wait(count, timeoutMs) {
      if (buffer.length >= count || isFull()) return
      wanted = count
      const { promise, resolve } = Promise.withResolvers<void>()
      whenEnough = resolve
      const timer = setTimeout(resolve, timeoutMs)
      await promise
      clearTimeout(timer)
      whenEnough = undefined
    },
    async caughtUpTo() {
      const name = consumer
      if (name === null) return null
      const place = { stream, consumer: name, filters, next, consumerSequence, levelBefore: level }
      const reached = await levelReached(manager, place)
      // What came while it was asked is to be taken first.
      if (reached === null || name !== consumer || next !== place.next || buffer.length > 0) return null
      level = reached
      return reached
    },
    wake: () => whenEnough?.(),
    async close() {
      await source.stop()
      forget()
    }
  }
}

/** About how many bytes reading the message takes. */
function weightOf(payload: Uint8Array | null): number {
  if (payload === null) return 0
  const end = Buffer.from(payload.buffer, payload.byteOffset, payload.length).subarray(-REFERENCE_WITHIN_BYTES)
  return end.includes('"dataref":"') ? payload.length + STORED_APART_BYTES : payload.length
}
