import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import t from 'tap'
import { testGateway } from '../fixtures/test-gateway.ts'
import { dashboardRoutes } from './dashboard.routes.ts'

const SCRIPT = `console.log(${JSON.stringify('x'.repeat(4_000))})`
const PAGE = `<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><script type="module" src="/assets/main-abc.js"></script>`

function builtDashboard(folder: string): string {
  mkdirSync(path.join(folder, 'assets'))
  writeFileSync(path.join(folder, 'index.html'), PAGE)
  writeFileSync(path.join(folder, 'manifest.webmanifest'), '{"name":"Leadlog"}')
  writeFileSync(path.join(folder, 'assets', 'main-abc.js'), SCRIPT)
  writeFileSync(path.join(folder, 'assets', 'main-abc.js.br'), brotliCompressSync(SCRIPT))
  return folder
}

void t.test('the dashboard is served with a policy that lets only its own files run', async (t) => {
  const { app } = await testGateway(t, { deps: { dashboardDir: builtDashboard(t.testdir()) } })
  const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
  const pages = []
  for (const address of ['/', '/inbox?status=failed', '/leads/65bdc8a4', '/sign-in']) {
    const answer = await app.inject({ path: address, headers: browser })
    t.equal(answer.statusCode, 200, address)
    t.match(answer.headers, { 'cache-control': 'no-cache', 'content-type': /^text\/html/ })
    const policy = String(answer.headers['content-security-policy'])
    t.notMatch(policy, /unsafe-(inline|eval)/)
    t.match(policy, /default-src 'none'; script-src 'self';/)
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
    t.match(answer.body, `nonce="${nonce}"`)
    pages.push(nonce)
  }
  t.equal(new Set(pages).size, pages.length, 'a nonce is good for one answer')
})

void t.test('hashed assets are kept for ever and come compressed', async (t) => {
  const { app } = await testGateway(t, { deps: { dashboardDir: builtDashboard(t.testdir()) } })
  const asset = await app.inject({ path: '/assets/main-abc.js', headers: { 'accept-encoding': 'gzip, br' } })
  t.match(asset.headers, { 'content-encoding': 'br', 'cache-control': /max-age=31536000, immutable/ })
  t.match(asset.headers, { 'content-type': /javascript/, 'x-content-type-options': 'nosniff' })
  t.equal((await app.inject({ path: '/assets/main-abc.js' })).body, SCRIPT)
  const manifest = await app.inject({ path: '/manifest.webmanifest' })
  t.match(manifest.headers, { 'cache-control': /max-age=0/, 'content-type': /manifest\+json/ })
})

void t.test('what is no page is still not found', async (t) => {
  const gateway = await testGateway(t, { deps: { dashboardDir: builtDashboard(t.testdir()) } })
  const browser = { accept: 'text/html' }
  for (const [address, headers] of [
    ['/v1/none', browser],
    ['/zoom-panel', browser],
    ['/zoom-panel?lang=en', browser],
    ['/assets/none.js', browser],
    ['/assets/../index.html', {}],
    ['/nothing', {}]
  ] as const) {
    t.match(await gateway.get(address, headers), { status: 404, body: { code: 'ROUTE_NOT_FOUND' } }, address)
  }
})

void t.test('a folder without a dashboard is named at the start', async (t) => {
  const { app } = await testGateway(t)
  await t.rejects(dashboardRoutes(app, t.testdir()), /DASHBOARD_DIR holds no built dashboard/)
})
