import { inSpan, startSpan, type OpenSpan } from '@leadlog/tracing'
import type { FastifyRequest } from 'fastify'
import type { HttpServer } from './http-server.ts'

/** A server span for each request but the probes', which continues the trace of the caller where it names one. */
export function traceRequests(app: HttpServer): void {
  const spans = new WeakMap<FastifyRequest, OpenSpan>()
  app.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    if (isProbe(route)) return done()
    const { traceparent } = request.headers
    // The route and not the address: addresses carry ids and what people searched for.
    const span = startSpan({
      name: `${request.method} ${route}`,
      kind: 'server',
      parent: typeof traceparent === 'string' ? traceparent : undefined,
      attributes: { method: request.method, route }
    })
    spans.set(request, span)
    done()
  })
  // After the body was read: its events would lose the span again.
  app.addHook('preValidation', (request, _reply, done) => {
    const span = spans.get(request)
    if (span) inSpan(span, done)
    else done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const span = spans.get(request)
    span?.set({ status: reply.statusCode })
    span?.end(reply.statusCode >= 500 ? String(reply.statusCode) : undefined)
    done()
  })
  app.addHook('onRequestAbort', (request, done) => {
    spans.get(request)?.end('CLIENT_GONE')
    done()
  })
}

/** What machines ask every few seconds; nobody looks at a trace of it. */
export function isProbe(route: string): boolean {
  return route === '/healthz' || route === '/readyz' || route === '/metrics'
}
