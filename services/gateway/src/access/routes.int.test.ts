import { createHttpServer, createLogger, createMetrics, createReadiness } from '@leadlog/service'
import t from 'tap'
import { requireAccess } from '../auth/auth.plugin.ts'
import { testGateway } from '../fixtures/test-gateway.ts'
import { ROUTE_ACCESS } from './route-access.ts'

/** What wants nothing of anybody, and why. */
const OUTSIDE_V1: Readonly<Record<string, string>> = {
  '/': 'a page without data',
  '/status': 'how the system is, for anybody; names nobody and nothing of its inside',
  '/status.json': 'the same',
  '/sign-in': 'where people become known',
  '/sign-in/page.js': 'its script',
  '/.well-known/jwks.json': 'public keys',
  '/healthz': 'probes',
  '/readyz': 'probes',
  '/metrics': 'scrapers; no personal data',
  '/openapi.json': 'documentation'
}

void t.test('every route says what it wants of who calls it', async (t) => {
  const { routes } = await testGateway(t)
  t.ok(routes.length > 30, `${String(routes.length)} routes`)
  for (const { method, url, access } of routes) {
    if (url.startsWith('/v1/'))
      t.ok(
        ROUTE_ACCESS.some((known) => known === access),
        `${method} ${url}`
      )
    else t.ok(url in OUTSIDE_V1 || url.startsWith('/docs'), `${method} ${url} is known to want nothing`)
  }
})

void t.test('a route that does not say it is refused when it is registered', async (t) => {
  const logger = createLogger({ service: 'gateway', level: 'silent' })
  const app = createHttpServer({ logger, metrics: createMetrics('gateway'), readiness: createReadiness() })
  t.teardown(() => app.close())
  const { access } = (await testGateway(t)).deps
  requireAccess(app, access)
  t.throws(() => app.get('/v1/forgotten', async () => ({})), /must say in config.access/)
})

void t.test('routes for operators and admins refuse a user; nothing under /v1 answers a stranger', async (t) => {
  const gateway = await testGateway(t)
  const browsers = {
    stranger: gateway.browser(),
    user: await gateway.signedIn('sam@own.example', 'user'),
    manager: await gateway.signedIn('mia@own.example', 'manager')
  }
  const refused: Readonly<Record<keyof typeof browsers, readonly string[]>> = {
    stranger: ROUTE_ACCESS.filter((access) => access !== 'open'),
    user: ['operations', 'panel', 'commands', 'admin'],
    manager: ['panel', 'admin']
  }
  for (const { method, url, access } of gateway.routes) {
    if (!url.startsWith('/v1/') || method === 'HEAD' || url.includes('stream')) continue
    const path = url.replaceAll(/:\w+/g, 'x1')
    for (const who of ['stranger', 'user', 'manager'] as const) {
      if (!refused[who].includes(access ?? '')) continue
      const { status } = await browsers[who].request(method as 'GET', path)
      t.equal(status, who === 'stranger' ? 401 : 403, `${who}: ${method} ${path}`)
    }
  }
})
