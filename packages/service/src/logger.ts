import { activeTraceparent } from '@leadlog/tracing'
import { pino, type DestinationStream, type LogFn, type Logger } from 'pino'
import { loggedError, messageOf } from './log/logged-error.ts'

export type { Logger } from 'pino'

/** Where secrets and personal data could slip into a log line; their values are replaced. */
const REDACTED_PATHS = [
  'authorization',
  'headers.authorization',
  'headers.cookie',
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["x-readai-secret"]',
  'apiKey',
  'password',
  'secret',
  'token',
  'accessToken',
  'refreshToken',
  'email',
  'phone',
  'customer',
  'body',
  'payload',
  '*.authorization',
  '*.password',
  '*.secret',
  '*.accessToken',
  '*.refreshToken',
  '*.email',
  '*.phone',
  '*.customer',
  '*.body',
  '*.payload'
]

/** A JSON line logger for a service, with redaction. Errors are logged under `err`, without the row values that Postgres quotes. */
export function createLogger(options: { service: string; level: string; destination?: DestinationStream }): Logger {
  const settings = {
    level: options.level,
    base: { service: options.service },
    redact: { paths: REDACTED_PATHS, censor: '[redacted]' },
    serializers: { err: loggedError },
    hooks: {
      logMethod(this: Logger, args: Parameters<LogFn>, method: LogFn) {
        const [first, message, ...values] = args
        method.apply(this, [first, message ?? messageOf(first), ...values])
      }
    },
    mixin: traceOf,
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: () => `,"time":"${new Date().toISOString()}"`
  }
  return options.destination ? pino(settings, options.destination) : pino(settings)
}

/** The trace that a line belongs to, so that it is found from there. */
function traceOf(): object {
  const traceparent = activeTraceparent()
  return traceparent === undefined ? {} : { traceId: traceparent.split('-')[1] }
}
