import {
  context,
  createContextKey,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Link,
  type Span
} from '@opentelemetry/api'
import { named, type SpanAttributes } from './attributes.ts'
import { contextBelow, spanContextOf, traceparentOf } from './traceparent.ts'

const KINDS = {
  server: SpanKind.SERVER,
  consumer: SpanKind.CONSUMER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL
} as const

export type SpanKindName = keyof typeof KINDS

/** More links than this tell a reader nothing more, and every one is sent. */
const MAX_LINKS = 32

/** The spans that stand beside the active one because one run works for all of them. */
const BESIDE = createContextKey('leadlog spans of one batch')

/** How a span begins. */
export interface SpanStart {
  /** Of a bounded set: operation and names, no ids. */
  readonly name: string
  readonly kind: SpanKindName
  readonly attributes: SpanAttributes
  /**
   * W3C context of the cause, from a message or a request: the span becomes its child, or begins a trace where it is
   * absent or malformed. Leave the property out for a child of what runs now.
   */
  readonly parent?: string | undefined
  /** W3C contexts of what the span belongs to beside its parent; the first 32 count. */
  readonly links?: readonly (string | undefined)[]
  /** How long ago it began, in milliseconds; default now. */
  readonly agoMs?: number
}

/** A span that somebody must end. Without a tracing SDK it costs next to nothing and passes its parent's context on. */
export interface OpenSpan {
  /** To carry on with what the span causes; undefined where there is no trace. */
  readonly traceparent: string | undefined
  set(attributes: SpanAttributes): void
  /** A moment within the span, such as the end of a wait. */
  note(moment: string): void
  /** Ends it; `failed` is a stable code. A second call changes nothing. */
  end(failed?: string): void
}

const spans = new WeakMap<OpenSpan, Span>()

export function startSpan(start: SpanStart): OpenSpan {
  const parent = 'parent' in start ? contextBelow(start.parent) : context.active()
  // Asked for each time: what is kept would go on belonging to an SDK that was stopped.
  const span = trace.getTracer('leadlog').startSpan(
    start.name,
    {
      kind: KINDS[start.kind],
      attributes: named(start.attributes),
      links: [...linksBeside(parent), ...linksTo(start.links ?? [])].slice(0, MAX_LINKS),
      ...(start.agoMs === undefined ? {} : { startTime: Date.now() - start.agoMs })
    },
    parent
  )
  let ended = false
  const open: OpenSpan = {
    traceparent: traceparentOf(span.spanContext()),
    set: (values) => void span.setAttributes(named(values)),
    note: (moment) => void span.addEvent(moment),
    end(failed) {
      if (ended) return
      ended = true
      if (failed !== undefined) {
        // The code only: the message of an error may quote what it is about.
        span.setStatus({ code: SpanStatusCode.ERROR, message: failed })
        span.setAttributes(named({ errorType: failed }))
      }
      span.end()
    }
  }
  spans.set(open, span)
  return open
}

/**
 * Runs the work inside the span, so that what it starts becomes its child. `beside` are spans that the same work is done
 * for, as in a batch: the children are linked to them.
 */
export function inSpan<T>(open: OpenSpan, work: () => T, beside: readonly OpenSpan[] = []): T {
  const span = spans.get(open)
  if (!span) return work()
  const below = trace.setSpan(context.active(), span)
  return context.with(beside.length === 0 ? below : below.setValue(BESIDE, { of: span, beside }), work)
}

/** Says more about the span that is active; nothing where there is none. */
export function describeSpan(values: SpanAttributes): void {
  trace.getActiveSpan()?.setAttributes(named(values))
}

/** Only direct children of the batch's span: what is further below belongs to it through them. */
function linksBeside(parent: Context): Link[] {
  const batch = parent.getValue(BESIDE) as { of: Span; beside: readonly OpenSpan[] } | undefined
  if (!batch || trace.getSpan(parent) !== batch.of) return []
  return linksTo(batch.beside.map((open) => open.traceparent))
}

function linksTo(traceparents: readonly (string | undefined)[]): Link[] {
  return [...new Set(traceparents)]
    .slice(0, MAX_LINKS)
    .flatMap((traceparent) => spanContextOf(traceparent) ?? [])
    .map((linked) => ({ context: linked }))
}
