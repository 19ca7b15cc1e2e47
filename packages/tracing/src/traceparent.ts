import { isSpanContextValid, ROOT_CONTEXT, trace, type Context, type SpanContext } from '@opentelemetry/api'

/** Version 00 of the W3C trace context: trace id, span id, flags. Later versions begin with the same fields. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/

/** The span that the text names; undefined when it is no W3C trace context. */
export function spanContextOf(traceparent: string | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? []
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined
  const named = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true }
  return isSpanContextValid(named) ? named : undefined
}

/** True for a text that may be carried on as a trace context. Whatever else a sender writes there is not kept. */
export function isTraceparent(text: string | undefined): text is string {
  return spanContextOf(text) !== undefined
}

/** The span as text to carry on; undefined for one that belongs to no trace. */
export function traceparentOf(span: SpanContext): string | undefined {
  if (!isSpanContextValid(span)) return undefined
  return `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`
}

/** The trace context of what runs now, to carry on; undefined where nothing is traced. */
export function activeTraceparent(): string | undefined {
  const span = trace.getActiveSpan()
  return span && traceparentOf(span.spanContext())
}

/** A context below the span that the text names; the beginning of a new trace where it names none. */
export function contextBelow(traceparent: string | undefined): Context {
  const parent = spanContextOf(traceparent)
  return parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT
}
