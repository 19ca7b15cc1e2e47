import { Type } from '@sinclair/typebox'
import t from 'tap'
import { TransientError } from '@leadlog/contracts'
import { createLogger } from '../logger.ts'
import { createMetrics } from '../metrics/metrics.ts'
import { createReadiness } from '../readiness.ts'
import { HttpProblem } from './problem.ts'
import { createHttpServer } from './server.ts'

function server() {
  const logger = createLogger({ service: 'test', level: 'silent' })
  const readiness = createReadiness()
  const app = createHttpServer({ logger, metrics: createMetrics('test'), readiness, bodyLimit: 100 })
  app.post('/things', { schema: { body: Type.Object({ name: Type.String(), size: Type.Integer() }) } }, async () => ({
    ok: true
  }))
  app.get('/away', async () => {
    throw new TransientError('EVENT_LOG_UNAVAILABLE', 'nats://secret-host is away')
  })
  app.get('/refused', async () => {
    throw new HttpProblem(409, 'THING_TAKEN', 'Choose another name')
  })
  app.get('/broken', async () => {
    throw new Error('password=hunter2')
  })
  return { app, readiness }
}

void t.test('every error is a problem with a stable code', async (t) => {
  const { app } = server()
  t.teardown(() => app.close())
  const post = (payload: string) =>
    app.inject({ method: 'POST', url: '/things', payload, headers: { 'content-type': 'application/json' } })

  const missing = await post('{"size":1}')
  t.match(missing.headers['content-type'], /problem\+json/)
  t.match(missing.json(), { status: 400, code: 'REQUEST_INVALID', errors: [{ path: /body\/name/ }] })
  t.match((await post('{"name":"a","size":1.5}')).json(), {
    status: 400,
    code: 'REQUEST_INVALID',
    errors: [{ path: 'body/size' }]
  })
  t.match((await post('{')).json(), { status: 400, code: 'BODY_NOT_JSON' })
  t.match((await post(JSON.stringify({ name: 'x'.repeat(200) }))).json(), { status: 413, code: 'BODY_TOO_LARGE' })
  t.match((await app.inject('/nowhere')).json(), { status: 404, code: 'ROUTE_NOT_FOUND' })
  t.match((await app.inject('/%ff')).json(), { status: 400, code: 'URL_MALFORMED' })
  t.match((await app.inject('/refused')).json(), { status: 409, code: 'THING_TAKEN', detail: 'Choose another name' })
})

void t.test('what went wrong inside stays inside', async (t) => {
  const { app } = server()
  t.teardown(() => app.close())
  const away = await app.inject('/away')
  t.match(away.json(), { status: 503, code: 'EVENT_LOG_UNAVAILABLE' })
  t.equal(away.headers['retry-after'], '5')
  const broken = await app.inject('/broken')
  t.match(broken.json(), { status: 500, code: 'INTERNAL_ERROR' })
  t.notMatch(away.body + broken.body, /secret-host|hunter2/)
})

void t.test('alive, ready and measured', async (t) => {
  const { app, readiness } = server()
  t.teardown(() => app.close())
  t.equal((await app.inject('/healthz')).statusCode, 200)
  t.equal((await app.inject('/readyz')).statusCode, 200)
  readiness.add('database', () => Promise.reject(new Error('away')))
  const report = await app.inject('/readyz')
  t.equal(report.statusCode, 503)
  t.match(report.json(), { ready: false, dependencies: { database: { ok: false, detail: 'away' } } })
  await app.inject('/nowhere')
  t.match((await app.inject('/metrics')).body, /leadlog_http_request_duration_seconds_count\{.*status="404"/)
})
