import { randomUUID } from 'node:crypto'
import fastify, { LogController, type FastifyBaseLogger } from 'fastify'
import { TypeBoxValidatorCompiler, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { Logger } from '../logger.ts'
import { childrenOf } from '../metrics/children.ts'
import { processMetrics } from '../metrics/definitions.ts'
import type { ServiceMetrics } from '../metrics/metrics.ts'
import type { Readiness } from '../readiness.ts'
import { healthRoutes } from './health.routes.ts'
import type { HttpServer } from './http-server.ts'
import { isProbe, traceRequests } from './trace-requests.ts'
import { answerClientError, answerFrameworkError, registerProblemAnswers } from './problem-answers.ts'

/** A request whose headers or body take longer than this is cut: it holds a connection for nothing. */
const REQUEST_TIMEOUT_MS = 30_000
/** Node looks for such requests only so often; its own half a minute would double what they hold. */
const CHECK_EVERY_MS = 5_000
/** Longer than the keep-alive of common load balancers (60 s), so that they never reuse a connection we just closed. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000
/** JSON bodies of commands and webhooks; routes may set another. */
const DEFAULT_BODY_LIMIT = 1_048_576

/**
 * A Fastify server with problem+json errors (those of the HTTP parser too), health and metrics routes, one closing
 * log line per request without bodies or headers, and time limits against slow clients.
 */
export function createHttpServer(options: {
  logger: Logger
  metrics: ServiceMetrics
  readiness: Readiness
  bodyLimit?: number
  /** Makes a span of each request. Default false. */
  traced?: boolean
  /** How long headers and body may take; 30 seconds where absent. */
  requestTimeoutMs?: number
  trustProxy?: boolean
}): HttpServer {
  const requestTimeout = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS
  const loggerInstance: FastifyBaseLogger = options.logger
  const app: HttpServer = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    // A child logger for each request costs more than the routing; the lines that are written name the request themselves.
    childLoggerFactory: (logger) => logger,
    bodyLimit: options.bodyLimit ?? DEFAULT_BODY_LIMIT,
    requestTimeout,
    // Of the two limits Node takes the smaller for the headers and the larger for the whole request: they must be the same.
    http: {
      connectionsCheckingInterval: Math.min(requestTimeout, CHECK_EVERY_MS),
      requestTimeout,
      headersTimeout: requestTimeout
    },
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    genReqId: () => randomUUID(),
    trustProxy: options.trustProxy ?? false,
    clientErrorHandler: answerClientError,
    frameworkErrors: answerFrameworkError,
    forceCloseConnections: 'idle',
    return503OnClosing: true
  })
    .setValidatorCompiler(TypeBoxValidatorCompiler)
    .withTypeProvider<TypeBoxTypeProvider>()
  registerProblemAnswers(app)
  const duration = options.metrics.histogram(processMetrics.httpDuration)
  const durationOf = childrenOf((method = '', route = '', status = '') => duration.labels(method, route, status))
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    const seconds = reply.elapsedTime / 1000
    durationOf(request.method, route, String(reply.statusCode)).observe(seconds)
    const level = reply.statusCode >= 500 ? 'error' : isProbe(route) ? 'trace' : 'debug'
    request.log[level](
      { reqId: request.id, method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'request'
    )
    done()
  })
  if (options.traced === true) traceRequests(app)
  healthRoutes(app, options)
  return app
}
