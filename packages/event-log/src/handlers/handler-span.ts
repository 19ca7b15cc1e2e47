import type { RecordedEvent } from '@leadlog/contracts'
import { inSpan, startSpan, type OpenSpan } from '@leadlog/tracing'
import type { ReceivedMessage } from './received-message.ts'

/** The span of one attempt at one event: a child of whatever appended the event, in whichever service. */
export function startHandlerSpan(
  { service, handler, stream }: { service: string; handler: string; stream: string },
  event: RecordedEvent,
  message: ReceivedMessage
): OpenSpan {
  return startSpan({
    name: `${service}-${handler}`,
    kind: 'consumer',
    parent: event.traceparent,
    attributes: {
      messagingSystem: 'nats',
      messagingOperation: 'process',
      stream,
      sequence: String(event.sequence),
      handler: `${service}-${handler}`,
      eventId: event.id,
      eventType: event.type,
      correlationId: event.correlationid,
      attempt: message.attempt
    }
  })
}

/** Runs a batch inside the span of its first event; what it calls is linked to the spans of the others too. */
export function inHandlerSpans<T>(spans: readonly OpenSpan[], work: () => Promise<T>): Promise<T> {
  const [first, ...beside] = spans
  if (!first) return work()
  if (beside.length > 0) for (const span of spans) span.set({ batchSize: spans.length })
  return inSpan(first, work, beside)
}
