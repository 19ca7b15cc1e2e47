import type { HttpServer } from '@leadlog/service'
import { SIGN_IN_PAGE, SIGN_IN_SCRIPT } from './sign-in-page.ts'

/** The page runs its own script, speaks to its own server, and stands in nobody's frame. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'unsafe-inline'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join('; ')

/**
 * Where a mailed link leads. Looking at it uses nothing up, since programs that check mail follow links: a person
 * confirms it with a button.
 */
export function signInPageRoutes(app: HttpServer): void {
  app.get('/sign-in', { schema: { hide: true } }, async (_request, reply) =>
    reply
      .header('content-security-policy', PAGE_POLICY)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(SIGN_IN_PAGE)
  )
  app.get('/sign-in/page.js', { schema: { hide: true } }, async (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('text/javascript; charset=utf-8').send(SIGN_IN_SCRIPT)
  )
}
