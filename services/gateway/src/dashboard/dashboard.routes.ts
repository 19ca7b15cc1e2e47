import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { HttpServer } from '@leadlog/service'
import { dashboardPolicy, PAGE_HEADERS, WORKER_POLICY } from './dashboard-policy.ts'

/** Stands in the built page wherever the nonce of an answer belongs. */
const NONCE_MARK = '__CSP_NONCE__'
const NONCE_BYTES = 18
/** Names of built assets carry a hash of their content. */
const ASSETS_KEPT_FOR = '365d'

/** First segments of paths that are no page of the dashboard, whatever follows. */
const NOT_PAGES = new Set(['v1', 'docs', 'assets', 'openapi.json', 'healthz', 'readyz', 'metrics'])

/**
 * Serves the built dashboard: hashed assets that browsers keep for ever, compressed beforehand; the few files with a
 * fixed name, asked for anew each time; and the page itself for every address that a browser navigates to.
 *
 * @param folder what `packages/dashboard` was built into
 * @throws Error when the folder holds no built dashboard
 */
export async function dashboardRoutes(app: HttpServer, folder: string): Promise<void> {
  const page = readPage(folder)
  await app.register(fastifyStatic, {
    root: path.join(folder, 'assets'),
    prefix: '/assets/',
    preCompressed: true,
    immutable: true,
    maxAge: ASSETS_KEPT_FOR,
    index: false
  })
  for (const name of ['manifest.webmanifest', 'service-worker.js', 'icon.svg', 'icon-192.png', 'icon-512.png']) {
    app.get(`/${name}`, { schema: { hide: true } }, (_request, reply) =>
      reply.header('content-security-policy', WORKER_POLICY).sendFile(name, folder, { maxAge: 0, immutable: false })
    )
  }
  app.get('/*', { schema: { hide: true } }, async (request, reply) => {
    const [segment = ''] = request.url.slice(1).split(/[/?]/, 1)
    const navigates = (request.headers.accept ?? '').includes('text/html')
    if (NOT_PAGES.has(segment) || (segment !== '' && !navigates)) return reply.callNotFound()
    const nonce = randomBytes(NONCE_BYTES).toString('base64')
    return reply
      .headers(PAGE_HEADERS)
      .header('content-security-policy', dashboardPolicy(nonce))
      .type('text/html; charset=utf-8')
      .send(page.replaceAll(NONCE_MARK, nonce))
  })
}

function readPage(folder: string): string {
  const file = path.join(folder, 'index.html')
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Error(`DASHBOARD_DIR holds no built dashboard: ${file} cannot be read`, { cause })
  }
}
