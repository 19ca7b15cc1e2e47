import rateLimit from '@fastify/rate-limit'
import { HttpProblem, type HttpServer } from '@leadlog/service'
import type { RateLimitStore } from './rate-limit-store.ts'

const WINDOW_MS = 60_000

/**
 * Limits each client, or each address without a key, to so many requests a minute; headers say what is left. A person
 * who is signed in may have a limit of their own, for all their sessions together. Routes with another `area` count for
 * themselves.
 */
export async function limitRate(
  app: HttpServer,
  options: { max: number; maxOfPeople?: number; store: RateLimitStore; area?: string }
): Promise<void> {
  const { max, maxOfPeople = max, store, area } = options
  const before = area === undefined ? '' : `${area}:`
  await app.register(rateLimit, {
    max: ({ client }) => (client?.session || client?.panel ? maxOfPeople : max),
    timeWindow: WINDOW_MS,
    store: storeClass(store),
    keyGenerator: (request) => before + (request.client?.actor ?? `address:${rateLimit.normalizeIP(request.ip)}`),
    errorResponseBuilder: (_request, { ttl, max: most }) =>
      new HttpProblem(429, 'RATE_LIMIT_EXCEEDED', `More than ${most} requests a minute; wait a little`, {
        retryAfterSeconds: Math.ceil(ttl / 1000)
      })
  })
}

type StoreConstructor = NonNullable<rateLimit.RateLimitOptions['store']>

/** The plugin makes its store itself, from a class. */
function storeClass(store: RateLimitStore): StoreConstructor {
  return class implements rateLimit.FastifyRateLimitStore {
    incr(...[key, callback, windowMs]: Parameters<rateLimit.FastifyRateLimitStore['incr']>): void {
      store.count(key, windowMs).then(
        (count) => callback(null, count),
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)))
      )
    }

    child(): rateLimit.FastifyRateLimitStore {
      return this
    }
  }
}
