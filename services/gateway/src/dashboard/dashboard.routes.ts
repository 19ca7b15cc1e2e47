import type { HttpServer } from '@leadlog/service'
import { builtPage, serveAssets } from './built-pages.ts'
import { dashboardPolicy, PAGE_HEADERS, WORKER_POLICY } from './dashboard-policy.ts'

/** First segments of paths that are no page of the dashboard, whatever follows. */
const NOT_PAGES = new Set(['v1', 'docs', 'assets', 'zoom-panel', 'openapi.json', 'healthz', 'readyz', 'metrics'])

/**
 * Serves the built dashboard: hashed assets that browsers keep for ever, compressed beforehand; the few files with a
 * fixed name, asked for anew each time; and the page itself for every address that a browser navigates to.
 *
 * @param folder what `packages/dashboard` was built into
 * @throws Error when the folder holds no built dashboard
 */
export async function dashboardRoutes(app: HttpServer, folder: string): Promise<void> {
  const answered = builtPage(folder, { variable: 'DASHBOARD_DIR', what: 'dashboard' })
  await serveAssets(app, folder, { prefix: '/assets/' })
  for (const name of ['manifest.webmanifest', 'service-worker.js', 'icon.svg', 'icon-192.png', 'icon-512.png']) {
    app.get(`/${name}`, { schema: { hide: true } }, (_request, reply) =>
      reply.header('content-security-policy', WORKER_POLICY).sendFile(name, folder, { maxAge: 0, immutable: false })
    )
  }
  app.get('/*', { schema: { hide: true } }, async (request, reply) => {
    const [segment = ''] = request.url.slice(1).split(/[/?]/, 1)
    const navigates = (request.headers.accept ?? '').includes('text/html')
    if (NOT_PAGES.has(segment) || (segment !== '' && !navigates)) return reply.callNotFound()
    const { nonce, page } = answered()
    return reply
      .headers(PAGE_HEADERS)
      .header('content-security-policy', dashboardPolicy(nonce))
      .type('text/html; charset=utf-8')
      .send(page)
  })
}
