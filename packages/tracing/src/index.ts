export { attributes, type SpanAttributes } from './attributes.ts'
export { describeSpan, inSpan, startSpan, type OpenSpan, type SpanKindName, type SpanStart } from './span.ts'
export { activeTraceparent, isTraceparent } from './traceparent.ts'
export { startTracing, type RunningTracing, type TracingLogger, type TracingOptions } from './start-tracing.ts'
