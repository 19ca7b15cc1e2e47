import helmet from '@fastify/helmet'
import type { HttpServer } from '@leadlog/service'

/** A year, as preloading lists want it. */
const HSTS_SECONDS = 31_536_000

/**
 * Headers that keep a browser from doing more with an answer than it is meant for: nothing of it runs, loads, or stands
 * in another site's frame. Pages set a policy of their own.
 */
export async function secureAnswers(app: HttpServer, publicOrigin: string): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] }
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: publicOrigin.startsWith('https://') ? { maxAge: HSTS_SECONDS } : false
  })
}
