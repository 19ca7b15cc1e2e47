/** Where spans go and how many of them. */
export interface TracingOptions {
  readonly service: string
  /** Base address of an OTLP/HTTP receiver; `/v1/traces` is added. Undefined: no tracing. */
  readonly endpoint: string | undefined
  /** Sent with every export, for example a key. `name=value` pairs separated by commas. */
  readonly headers?: string | undefined
  /** The part of the traces that begin here which are recorded, 0 to 1. What arrives with a decision keeps it. */
  readonly sampleRatio: number
  readonly logger: TracingLogger
}

export interface TracingLogger {
  warn(fields: object, message: string): void
}

export interface RunningTracing {
  /** Sends what is left, for a few seconds at most, and ends tracing in this process. */
  stop(): Promise<void>
}

/**
 * Starts tracing for this process, or nothing where no endpoint is given: then no SDK is loaded, spans cost next to
 * nothing, and a trace context that came from outside is carried on as it is. A receiver that is away costs spans and
 * never work.
 */
export async function startTracing(options: TracingOptions): Promise<RunningTracing | undefined> {
  if (options.endpoint === undefined) return undefined
  const { startOtlpTracing } = await import('./otlp-tracing.ts')
  return startOtlpTracing({ ...options, endpoint: options.endpoint })
}
