import type { HttpServer } from './http-server.ts'
import type { ServiceMetrics } from '../metrics/metrics.ts'
import type { Readiness } from '../readiness.ts'

/** `/healthz` (alive), `/readyz` (does its work; JSON by dependency) and `/metrics` (Prometheus). */
export function healthRoutes(app: HttpServer, options: { metrics: ServiceMetrics; readiness: Readiness }): void {
  app.get('/healthz', async () => ({ ok: true }))
  app.get('/readyz', async (_request, reply) => {
    const report = await options.readiness.report()
    return reply.code(report.ready ? 200 : 503).send(report)
  })
  app.get('/metrics', async (_request, reply) => {
    const text = await options.metrics.registry.metrics()
    return reply.header('content-type', options.metrics.registry.contentType).send(text)
  })
}
