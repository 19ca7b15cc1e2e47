import type { HttpServer } from '@leadlog/service'
import { builtPage, serveAssets } from '../dashboard/built-pages.ts'
import { PANEL_HEADERS, panelPolicy } from './panel-policy.ts'

/** Where the panel is: its home URL in the Zoom Marketplace. */
const PANEL_PATH = '/zoom-panel'

/** Stands in the built page where the context goes. */
const CONTEXT_MARK = '__ZOOM_APP_CONTEXT__'
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
  const answered = builtPage(folder, { variable: 'ZOOM_PANEL_DIR', what: 'panel' })
  await serveAssets(app, folder, { prefix: `${PANEL_PATH}/assets/`, decorateReply: false })
  for (const address of [PANEL_PATH, `${PANEL_PATH}/`]) {
    app.get(address, { schema: { hide: true } }, async (request, reply) => {
      const { nonce, page } = answered()
      const context = request.headers['x-zoom-app-context']
      const given = typeof context === 'string' && CONTEXT_FORM.test(context) ? context : ''
      // Zoom's web client shows it in a frame; who may is said by the policy.
      return reply
        .removeHeader('x-frame-options')
        .headers(PANEL_HEADERS)
        .header('content-security-policy', panelPolicy(nonce))
        .type('text/html; charset=utf-8')
        .send(page.replaceAll(CONTEXT_MARK, given))
    })
  }
}
