import { derivedId, type Actor } from '@leadlog/contracts'
import type { JetStreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { sendMessages } from '../append/flight.ts'
import { createReplyInbox } from '../append/reply-inbox.ts'
import { RefusedError } from '../append/server-answer.ts'
import type { Cause } from '../append/cause.ts'
import type { EventCodec } from '../codec/codec.ts'
import { unavailable } from '../errors.ts'
import type { Naming } from '../naming.ts'
import type { ConnectionWatch } from '../server/connection-watch.ts'
import { TimerDue } from './timer-due.ts'

/** Longer than any handler's retries; what came due is not needed after that. */
const KEEP_DUE = '720h'

/** As for an append: the caller is a handler or a request that can be repeated. */
const TIMEOUT_MS = 1_800

const TOKEN = /^[A-Za-z0-9_-]+$/

export interface TimerRef {
  readonly service: string
  /** Unique within the service: letters, digits, dash, underscore. */
  readonly key: string
}

export interface TimerRequest extends TimerRef {
  /** A time in the past comes due at once. */
  readonly at: Date
  /** Nothing personal: it is not sealed. */
  readonly payload: unknown
  readonly actor: Actor
  readonly cause: Cause
}

export interface Timers {
  schedule(request: TimerRequest): Promise<void>
  cancel(timer: TimerRef): Promise<boolean>
}

/** Timers are messages that the server publishes later: they survive every process, and there is one per key. */
export function createTimers(options: {
  connection: NatsConnection
  watch: ConnectionWatch
  manager: JetStreamManager
  codec: EventCodec
  naming: Naming
}): Timers {
  const { connection, watch, manager, codec, naming } = options
  const flight = { connection, replies: createReplyInbox(connection, watch, TIMEOUT_MS) }
  return {
    async schedule(request) {
      const subject = timerSubject('timer', request)
      const dueAt = request.at.toISOString()
      const id = derivedId('timer', request.service, request.key, dueAt)
      const message = await codec.encode({
        id,
        definition: TimerDue,
        aggregateId: id,
        data: { service: request.service, key: request.key, dueAt, payload: request.payload },
        actor: request.actor,
        correlationId: request.cause.correlationId,
        causationId: request.cause.id,
        traceparent: request.cause.traceparent,
        stream: 'TIMERS',
        subject: naming.subject(subject)
      })
      // Without a message id: there is one schedule per subject anyway, and going back to an earlier time must count.
      const headers = message.headers.filter(([name]) => name !== 'Nats-Msg-Id')
      headers.push(
        ['Nats-Schedule', `@at ${dueAt}`],
        ['Nats-Schedule-Target', naming.subject(timerSubject('due', request))],
        ['Nats-Schedule-TTL', KEEP_DUE]
      )
      await new Promise<void>((resolve, reject) => {
        sendMessages(flight, [{ ...message, headers }], {
          landed: () => resolve(),
          failed: (error) => reject(error instanceof RefusedError ? error.failure : error)
        })
      })
    },
    async cancel(timer) {
      const filter = naming.subject(timerSubject('timer', timer))
      try {
        const { purged } = await manager.streams.purge(naming.stream('TIMERS'), { filter })
        return purged > 0
      } catch (error) {
        throw unavailable(`Timer ${timer.service}/${timer.key} could not be cancelled: ${String(error)}`, error)
      }
    }
  }
}

function timerSubject(kind: 'timer' | 'due', { service, key }: TimerRef): string {
  for (const token of [service, key]) {
    if (!TOKEN.test(token)) throw new TypeError(`"${token}" cannot name a timer: use letters, digits, - and _ only`)
  }
  return `${kind}.${service}.${key}`
}
