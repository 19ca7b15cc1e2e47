import { problemResponses, type HttpServer } from '@leadlog/service'
import { limitRate } from '../rate-limit/rate-limit.plugin.ts'
import type { RateLimitStore } from '../rate-limit/rate-limit-store.ts'
import { statusAnswer, statusPage } from './status-answer.ts'
import type { StatusWatch } from './status-watch.ts'
import { StatusAnswer } from './status.schema.ts'

/** An address asks for it as often as a person and a monitor do. */
const PER_MINUTE = 60
/** Shared caches may answer for so long. */
const CACHE = 'public, max-age=10'
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"

/** The public status: without a key, from what was looked at before, limited by address. */
export async function statusRoutes(app: HttpServer, watch: StatusWatch, store: RateLimitStore): Promise<void> {
  await app.register(async (open: HttpServer) => {
    await limitRate(open, { max: PER_MINUTE, store, area: 'status' })
    open.get('/status', { schema: { hide: true } }, async (_request, reply) =>
      reply
        .header('content-security-policy', PAGE_POLICY)
        .header('cache-control', CACHE)
        .type('text/html; charset=utf-8')
        .send(statusPage(statusAnswer(watch.current())))
    )
    open.get(
      '/status.json',
      {
        schema: {
          tags: ['Operations'],
          summary: 'How the system is, for anybody; `/status` shows it as a page',
          security: [],
          response: { 200: StatusAnswer, ...problemResponses(429, 500) }
        }
      },
      async (_request, reply) => reply.header('cache-control', CACHE).send(statusAnswer(watch.current()))
    )
  })
}
