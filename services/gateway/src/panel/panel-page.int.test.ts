import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { contextOf } from '../fixtures/panel-story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'
import { panelPageRoutes } from './panel-page.routes.ts'

const PAGE = `<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><meta name="zoom-app-context" content="__ZOOM_APP_CONTEXT__">`

function builtPanel(folder: string): string {
  mkdirSync(path.join(folder, 'assets'))
  writeFileSync(path.join(folder, 'index.html'), PAGE)
  writeFileSync(path.join(folder, 'assets', 'main-abc.js'), 'console.log(1)')
  return folder
}

void t.test('the home URL carries what Zoom’s client wants, may stand in Zoom’s frames and in no other', async (t) => {
  const { app } = await testGateway(t, { deps: { zoomPanelDir: builtPanel(t.testdir()) } })
  const nonces = []
  for (const address of ['/zoom-panel', '/zoom-panel/', '/zoom-panel?lang=en']) {
    const { statusCode, headers, body } = await app.inject({ path: address, headers: { accept: 'text/html' } })
    t.equal(statusCode, 200, address)
    t.match(headers, {
      'content-type': /^text\/html/,
      'strict-transport-security': /max-age=\d{8}/,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store'
    })
    t.notOk(headers['x-frame-options'], 'it would forbid what the policy allows')
    const policy = String(headers['content-security-policy'])
    t.match(policy, /default-src 'none'; script-src 'self';/)
    t.match(policy, /frame-ancestors 'self' https:\/\/zoom\.us https:\/\/\*\.zoom\.us$/)
    t.notMatch(policy, /unsafe/)
    nonces.push(/'nonce-([^']+)'/.exec(policy)?.[1])
    t.match(body, `nonce="${nonces.at(-1) ?? ''}"`)
    t.match(body, 'name="zoom-app-context" content=""')
  }
  t.equal(new Set(nonces).size, 3, 'a nonce is good for one answer')
})

void t.test('the context of the first load goes into the page, and nothing that is no context does', async (t) => {
  const gateway = await testGateway(t, { deps: { zoomPanelDir: builtPanel(t.testdir()) } })
  const context = contextOf(gateway, 'zoom-sam')
  const bodyWith = async (given: string) =>
    (await gateway.app.inject({ path: '/zoom-panel', headers: { 'x-zoom-app-context': given } })).body
  t.match(await bodyWith(context), `content="${context}"`)
  for (const bad of ['"><script>alert(1)</script>', `${context}"`, 'a'.repeat(8_193), '$&'])
    t.match(await bodyWith(bad), 'content=""', bad.slice(0, 30))
})

void t.test('its assets are kept for ever; without a folder there is no panel, and a wrong one is named', async (t) => {
  const { app } = await testGateway(t, { deps: { zoomPanelDir: builtPanel(t.testdir()) } })
  t.match(await app.inject('/zoom-panel/assets/main-abc.js'), {
    statusCode: 200,
    headers: { 'cache-control': /max-age=31536000, immutable/ }
  })
  t.equal((await app.inject('/zoom-panel/assets/../index.html')).statusCode, 404)
  const without = await testGateway(t)
  t.equal((await without.app.inject('/zoom-panel')).statusCode, 404)
  await t.rejects(panelPageRoutes(without.app, t.testdir('empty')), /ZOOM_PANEL_DIR holds no built panel/)
})
