import {
  context,
  isSpanContextValid,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span
} from '@opentelemetry/api'

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/

const tracer = trace.getTracer('@leadlog/outbound')

function parentOf(traceparent: string | undefined): Context {
  const match = TRACEPARENT.exec(traceparent ?? '')
  const [, traceId, spanId, flags] = match ?? []
  if (traceId === undefined || spanId === undefined || flags === undefined) return context.active()
  const parent = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true }
  return trace.setSpanContext(context.active(), parent)
}

/**
 * Runs the call in a client span of the cause's trace. Gives it the `traceparent` to send on: the span's where spans
 * are recorded, the cause's where they are not, none where there is no trace.
 */
export async function traced<T>(
  name: string,
  attributes: Record<string, string>,
  traceparent: string | undefined,
  call: (traceparent: string | undefined, span: Span) => Promise<T>
): Promise<T> {
  const parent = parentOf(traceparent)
  const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }, parent)
  const { traceId, spanId, traceFlags } = span.spanContext()
  const header = isSpanContextValid(span.spanContext())
    ? `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
    : undefined
  try {
    return await context.with(trace.setSpan(parent, span), () => call(header, span))
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: codeOf(error) })
    throw error
  } finally {
    span.end()
  }
}

export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : 'OUTBOUND_FAILED'
}
