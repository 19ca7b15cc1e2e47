import type { RecordedEvent } from '@leadlog/contracts'

/** Why something happens: the direct cause and the first one. */
export interface Cause {
  readonly id: string
  readonly correlationId: string
  /** W3C trace context of what runs because of it. Carried on with what is appended; nothing is decided by it. */
  readonly traceparent?: string | undefined
}

/**
 * The event as the cause of what follows from it.
 *
 * @param traceparent of the run that handles the event; by default that of whatever appended it
 */
export function causeOf(event: RecordedEvent, traceparent = event.traceparent): Cause {
  return {
    id: event.id,
    correlationId: event.correlationid,
    ...(traceparent === undefined ? {} : { traceparent })
  }
}
