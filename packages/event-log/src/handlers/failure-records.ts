import {
  AttemptDeferred,
  AttemptFailed,
  DeadLettered,
  derivedId,
  type Actor,
  type RecordedEvent
} from '@leadlog/contracts'
import { causeOf, type Cause } from '../append/cause.ts'
import type { EventLog } from '../event-log.ts'
import { failureFingerprint } from './failure-text.ts'
import type { DeadLetterReason } from './outcome.ts'
import type { ReceivedMessage } from './received-message.ts'

/** Which message failed in which handler. */
export interface FailedMessage {
  readonly service: string
  readonly handler: string
  /** Logical stream name. */
  readonly stream: string
  readonly message: ReceivedMessage
  /** Null when the message could not be read. */
  readonly event: RecordedEvent | null
  /** W3C trace context of the attempt, where it ran. */
  readonly traceparent?: string | undefined
}

export interface Failure {
  /** Which attempt it was. */
  readonly attempt: number
  readonly code: string
  readonly message: string
}

/** Records that an attempt failed and when the next one comes. */
export async function recordAttemptFailed(
  log: EventLog,
  failed: FailedMessage,
  failure: Failure & { readonly nextAttemptAt: Date }
): Promise<void> {
  const { service, handler, stream, message } = failed
  const id = derivedId('attempt-failed', service, handler, stream, String(message.sequence), String(message.attempt))
  await log.record({
    stream: 'DEAD_LETTERS',
    subject: `retry.${service}.${handler}`,
    id,
    definition: AttemptFailed,
    aggregateId: id,
    data: { ...failureData(log, failed, failure), nextAttemptAt: failure.nextAttemptAt.toISOString() },
    actor: actorOf(failed),
    cause: causeOfFailure(failed)
  })
}

/** Records that the message waits; the caller sees to it that it is said once per reason. */
export async function recordAttemptDeferred(
  log: EventLog,
  failed: FailedMessage,
  failure: Failure & { readonly nextAttemptAt: Date }
): Promise<void> {
  const { service, handler, stream, message } = failed
  const id = derivedId('attempt-deferred', service, handler, stream, String(message.sequence), failure.code)
  await log.record({
    stream: 'DEAD_LETTERS',
    subject: `retry.${service}.${handler}`,
    id,
    definition: AttemptDeferred,
    aggregateId: id,
    data: { ...failureData(log, failed, failure), nextAttemptAt: failure.nextAttemptAt.toISOString() },
    actor: actorOf(failed),
    cause: causeOfFailure(failed)
  })
}

/** Records that the handler gave up. The same message given up twice leaves one record. */
export async function recordDeadLetter(
  log: EventLog,
  failed: FailedMessage,
  failure: Failure & { readonly reason: DeadLetterReason }
): Promise<void> {
  const { service, handler, stream, message } = failed
  const id = derivedId('dead-letter', service, handler, stream, String(message.sequence))
  await log.record({
    stream: 'DEAD_LETTERS',
    subject: `dead.${service}.${handler}`,
    id,
    definition: DeadLettered,
    aggregateId: id,
    data: { ...failureData(log, failed, failure), reason: failure.reason },
    actor: actorOf(failed),
    cause: causeOfFailure(failed)
  })
}

function failureData(log: EventLog, failed: FailedMessage, { attempt, code, message }: Failure) {
  const { service, handler, event } = failed
  return {
    service,
    handler,
    stream: failed.stream,
    sequence: failed.message.sequence,
    eventId: event?.id ?? failed.message.eventId,
    eventType: event?.type ?? failed.message.eventType,
    subject: event?.subject ?? log.naming.logicalSubject(failed.message.subject),
    attempt,
    code,
    message,
    fingerprint: failureFingerprint(service, handler, code, message)
  }
}

function actorOf({ service }: FailedMessage): Actor {
  return `service:${service}`
}

/** A message that cannot be read is named by its place. */
export function causeOfFailure({ event, stream, message, traceparent }: FailedMessage): Cause {
  if (event) return causeOf(event, traceparent)
  const id = message.eventId ?? `${stream}/${message.sequence}`
  return { id, correlationId: id }
}
