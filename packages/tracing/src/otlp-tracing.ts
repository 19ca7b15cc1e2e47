import { context, diag, DiagLogLevel, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider
} from '@opentelemetry/sdk-trace'
import { hostname } from 'node:os'
import { createLinkSampler } from './link-sampler.ts'
import type { RunningTracing, TracingLogger, TracingOptions } from './start-tracing.ts'

/** A receiver that is away must not hold up the end of a process. */
const STOP_MS = 3_000
/** An export that takes longer than this is given up. */
const EXPORT_TIMEOUT_MS = 5_000
/** Soon enough for somebody who looks while trying something out. */
const EXPORT_EVERY_MS = 1_000
/** Some seconds of a busy process; what does not fit is dropped. About 1 kB each. */
const MAX_WAITING_SPANS = 8_192
/** Longer than any name or id; a bound against a mistake. */
const MAX_VALUE_LENGTH = 256
/** One line a minute says as much as one per export. */
const COMPLAIN_EVERY_MS = 60_000

/** Loads nothing before it is imported; see startTracing. */
export function startOtlpTracing(options: TracingOptions & { readonly endpoint: string }): RunningTracing {
  diag.setLogger(complaintsTo(options.logger), { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true })
  const exporter = new OTLPTraceExporter({
    url: `${options.endpoint}/v1/traces`,
    headers: headersOf(options.headers),
    timeoutMillis: EXPORT_TIMEOUT_MS
  })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': options.service,
      'service.namespace': 'leadlog',
      'service.instance.id': `${hostname()}-${process.pid}`
    }),
    sampler: createLinkSampler(new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(options.sampleRatio) })),
    spanLimits: { attributeValueLengthLimit: MAX_VALUE_LENGTH },
    spanProcessors: [
      new BatchSpanProcessor({
        exporter,
        scheduledDelayMillis: EXPORT_EVERY_MS,
        exportTimeoutMillis: EXPORT_TIMEOUT_MS,
        maxQueueSize: MAX_WAITING_SPANS
      })
    ]
  })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  trace.setGlobalTracerProvider(provider)
  return {
    async stop() {
      let timer: NodeJS.Timeout | undefined
      const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, STOP_MS)))
      await Promise.race([provider.shutdown().catch(() => undefined), enough])
      clearTimeout(timer)
      trace.disable()
      context.disable()
      diag.disable()
    }
  }
}

function headersOf(pairs: string | undefined): Record<string, string> {
  return Object.fromEntries(
    (pairs ?? '').split(',').flatMap((pair) => {
      const at = pair.indexOf('=')
      return at < 1 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()]]
    })
  )
}

/** What the SDK has to say, without what it quotes of answers. */
function complaintsTo(logger: TracingLogger) {
  let quietUntil = 0
  const complain = (): void => {
    const now = performance.now()
    if (now < quietUntil) return
    quietUntil = now + COMPLAIN_EVERY_MS
    logger.warn({}, 'traces cannot be sent, and are dropped; look at OTEL_EXPORTER_OTLP_ENDPOINT and its receiver')
  }
  const nothing = (): void => undefined
  return { error: complain, warn: complain, info: nothing, debug: nothing, verbose: nothing }
}
