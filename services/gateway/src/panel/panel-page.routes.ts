import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { HttpServer } from '@leadlog/service'
import { PANEL_HEADERS, panelPolicy } from './panel-policy.ts'

/** Where the panel is: its home URL in the Zoom Marketplace. */
export const PANEL_PATH = '/zoom-panel'

/** Stand in the built page wherever what belongs to one answer goes. */
const NONCE_MARK = '__CSP_NONCE__'
const CONTEXT_MARK = '__ZOOM_APP_CONTEXT__'
const NONCE_BYTES = 18
/** Names of built assets carry a hash of their content. */
const ASSETS_KEPT_FOR = '365d'
/** What a context is made of. Anything else is not put into the page. */
const CONTEXT_FORM = /^[A-Za-z0-9+/_=-]{1,8192}$/

/**
 * Serves the built panel. The context that Zoom's client sends with the first load goes into the page, from where its
 * script exchanges it; nothing else of the page depends on who asks, and nobody keeps it.
 *
 * @param folder what `packages/zoom-panel` was built into
 * @throws Error when the folder holds no built panel
 */
export async function panelPageRoutes(app: HttpServer, folder: string): Promise<void> {
  const page = readPage(folder)
  await app.register(fastifyStatic, {
    root: path.join(folder, 'assets'),
    prefix: `${PANEL_PATH}/assets/`,
    preCompressed: true,
    immutable: true,
    maxAge: ASSETS_KEPT_FOR,
    index: false,
    decorateReply: false
  })
  for (const address of [PANEL_PATH, `${PANEL_PATH}/`]) {
    app.get(address, { schema: { hide: true } }, async (request, reply) => {
      const nonce = randomBytes(NONCE_BYTES).toString('base64')
      const context = request.headers['x-zoom-app-context']
      const given = typeof context === 'string' && CONTEXT_FORM.test(context) ? context : ''
      // Zoom's web client shows it in a frame; who may is said by the policy.
      return reply
        .removeHeader('x-frame-options')
        .headers(PANEL_HEADERS)
        .header('content-security-policy', panelPolicy(nonce))
        .type('text/html; charset=utf-8')
        .send(page.replaceAll(NONCE_MARK, nonce).replaceAll(CONTEXT_MARK, given))
    })
  }
}

function readPage(folder: string): string {
  const file = path.join(folder, 'index.html')
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Error(`ZOOM_PANEL_DIR holds no built panel: ${file} cannot be read`, { cause })
  }
}
