import type { RecordedEvent } from '@leadlog/contracts'

/** Why something happens: the direct cause and the first one. */
export interface Cause {
  readonly id: string
  readonly correlationId: string
  readonly traceparent?: string | undefined
}

/** The event as the cause of what follows from it. */
export function causeOf(event: RecordedEvent): Cause {
  return {
    id: event.id,
    correlationId: event.correlationid,
    ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent })
  }
}
