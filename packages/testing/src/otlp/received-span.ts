import { readFields, type WireField } from './wire.ts'

/** A span as it arrived, with what its sender says of itself. */
export interface ReceivedSpan {
  readonly service: string
  readonly traceId: string
  readonly spanId: string
  /** Empty for the first of a trace. */
  readonly parentSpanId: string
  readonly name: string
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer' | 'unspecified'
  readonly attributes: Readonly<Record<string, string | number>>
  readonly events: readonly string[]
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[]
  readonly error: string | null
}

const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const

/** Field numbers of opentelemetry/proto/trace/v1 and its neighbours, version 1. */
const REQUEST = { resourceSpans: 1 }
const RESOURCE_SPANS = { resource: 1, scopeSpans: 2 }
const RESOURCE = { attributes: 1 }
const SCOPE_SPANS = { spans: 2 }
const SPAN = { traceId: 1, spanId: 2, parentId: 4, name: 5, kind: 6, attributes: 9, events: 11, links: 13, status: 15 }
const LINK = { traceId: 1, spanId: 2 }
const EVENT = { name: 2 }
const STATUS = { message: 2, code: 3 }
const KEY_VALUE = { key: 1, value: 2 }
const ANY_VALUE = { string: 1, integer: 3, double: 4 }
const STATUS_ERROR = 2n

/** The spans of an ExportTraceServiceRequest in protobuf. */
export function spansOf(body: Buffer): ReceivedSpan[] {
  return inside(body, REQUEST.resourceSpans).flatMap((resourceSpans) => {
    const [resource] = inside(resourceSpans, RESOURCE_SPANS.resource)
    const service = String(attributesOf(resource, RESOURCE.attributes)['service.name'] ?? '')
    return inside(resourceSpans, RESOURCE_SPANS.scopeSpans).flatMap((scopeSpans) =>
      inside(scopeSpans, SCOPE_SPANS.spans).map((span) => spanOf(service, span))
    )
  })
}

function spanOf(service: string, message: Buffer): ReceivedSpan {
  const fields = readFields(message)
  const [status] = all(fields, SPAN.status)
  const statusFields = status ? readFields(status.bytes) : []
  return {
    service,
    traceId: hex(fields, SPAN.traceId),
    spanId: hex(fields, SPAN.spanId),
    parentSpanId: hex(fields, SPAN.parentId),
    name: text(fields, SPAN.name),
    kind: KINDS[Number(all(fields, SPAN.kind)[0]?.integer ?? 0n)] ?? 'unspecified',
    attributes: attributesOf(message, SPAN.attributes),
    events: all(fields, SPAN.events).map(({ bytes }) => text(readFields(bytes), EVENT.name)),
    links: all(fields, SPAN.links).map(({ bytes }) => {
      const link = readFields(bytes)
      return { traceId: hex(link, LINK.traceId), spanId: hex(link, LINK.spanId) }
    }),
    error: all(statusFields, STATUS.code)[0]?.integer === STATUS_ERROR ? text(statusFields, STATUS.message) : null
  }
}

function attributesOf(message: Buffer | undefined, number: number): Record<string, string | number> {
  if (!message) return {}
  return Object.fromEntries(
    inside(message, number).map((bytes) => {
      const pair = readFields(bytes)
      const value = readFields(all(pair, KEY_VALUE.value)[0]?.bytes ?? Buffer.alloc(0))[0]
      return [text(pair, KEY_VALUE.key), value ? valueOf(value) : '']
    })
  )
}

function valueOf({ number, integer, bytes }: WireField): string | number {
  if (number === ANY_VALUE.integer) return Number(integer)
  if (number === ANY_VALUE.double) return Number(integer)
  return bytes.toString()
}

function inside(message: Buffer, number: number): Buffer[] {
  return all(readFields(message), number).map(({ bytes }) => bytes)
}

function all(fields: readonly WireField[], number: number): WireField[] {
  return fields.filter((field) => field.number === number)
}

function text(fields: readonly WireField[], number: number): string {
  return all(fields, number)[0]?.bytes.toString() ?? ''
}

function hex(fields: readonly WireField[], number: number): string {
  return all(fields, number)[0]?.bytes.toString('hex') ?? ''
}
