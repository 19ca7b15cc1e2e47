import { gunzipSync } from 'node:zlib'
import { eventually, isolatedPostgres, isolatedRedis, testRedis } from '@leadlog/testing'
import { Redis } from 'ioredis'
import t from 'tap'
import { bookedLead } from './fixtures/booking-story.ts'
import { person } from './fixtures/people.ts'
import { createStory } from './fixtures/story.ts'
import { API_KEY, testGateway } from './fixtures/test-gateway.ts'
import { memoryStore, sharedStore } from './rate-limit/rate-limit-store.ts'
import { gatewayProjections } from './gateway-projections.ts'

const STARTS_AT = '2026-11-20T10:00:00.000Z'
const ada = person('Ada', 'Lovelace')

void t.test('everything under /v1 wants the key', async (t) => {
  const { app } = await testGateway(t)
  const answer = (headers: Record<string, string>) => app.inject({ path: '/v1/leads', headers })
  for (const [headers, code] of [
    [{}, 'API_KEY_MISSING'],
    [{ authorization: 'Bearer wrong' }, 'API_KEY_WRONG'],
    [{ authorization: `Basic ${API_KEY}` }, 'API_KEY_WRONG'],
    [{ authorization: `Bearer ${API_KEY} x` }, 'API_KEY_WRONG']
  ] as const) {
    const { statusCode, headers: given, body } = await answer(headers)
    t.equal(statusCode, 401)
    t.match(given, { 'www-authenticate': /^Bearer/, 'content-type': /^application\/problem\+json/ })
    t.match(JSON.parse(body), { status: 401, code })
  }
  t.equal((await answer({ authorization: `bearer ${API_KEY}` })).statusCode, 200)
})

void t.test('errors are problems with a stable code', async (t) => {
  const gateway = await testGateway(t)
  t.match(await gateway.get('/v1/leads?limit=1e3'), {
    status: 400,
    headers: { 'content-type': /^application\/problem\+json/ },
    body: { code: 'QUERY_INVALID', detail: /"limit" must be a whole number from 1 to 200/ }
  })
  t.match((await gateway.get('/v1/leads?emial=x')).body, {
    code: 'QUERY_INVALID',
    detail: /"emial" is not a parameter/
  })
  t.match((await gateway.get('/v1/leads?status=a&status=b')).body, { detail: /"status" must be given once/ })
  for (const cursor of ['x', 'bnVsbA', Buffer.from('["email","a","b"]').toString('base64url')]) {
    t.match((await gateway.get(`/v1/leads?cursor=${cursor}`)).body, { code: 'CURSOR_INVALID' })
  }
  t.match(await gateway.get('/v1/leads/%00'), { status: 400, body: { code: 'ID_INVALID' } })
  t.match(await gateway.get('/v1/none'), { status: 404, body: { code: 'ROUTE_NOT_FOUND' } })
})

void t.test('a client reads its own writes', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  bookedLead(story, ada, { startsAt: STARTS_AT })
  const gateway = await testGateway(t)
  const reached = story.events.filter(({ stream }) => stream === 'EVENTS').length
  const [answer] = await Promise.all([
    gateway.get(`/v1/leads/${ada.personId}?after=${reached}`),
    gateway.tell(story.events)
  ])
  t.equal(answer.status, 200)
  t.match(await gateway.get('/v1/leads?after=-1'), { status: 400, body: { code: 'QUERY_INVALID' } })
})

void t.test('an answer that the client has is not sent again', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  bookedLead(story, ada, { startsAt: STARTS_AT })
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const first = await gateway.get('/v1/leads')
  const etag = String(first.headers['etag'])
  t.match(etag, /^W\/"/)
  t.match(await gateway.get('/v1/leads', { 'if-none-match': `"other", ${etag}` }), { status: 304, body: '' })
  t.equal((await gateway.get('/v1/leads', { 'if-none-match': '"other"' })).status, 200)
  const missing = await gateway.get('/v1/leads/none', { 'if-none-match': '*' })
  t.equal(missing.status, 404, 'an error is never “not modified”')
})

void t.test('long answers are compressed', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  bookedLead(story, ada, { startsAt: STARTS_AT })
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const headers = { authorization: `Bearer ${API_KEY}`, 'accept-encoding': 'gzip' }
  const answer = await gateway.app.inject({ path: '/v1/events', headers })
  t.equal(answer.headers['content-encoding'], 'gzip')
  t.match(JSON.parse(gunzipSync(answer.rawPayload).toString()), { data: { length: story.events.length } })
})

void t.test('a client may ask so often and no more, a stranger too', async (t) => {
  const gateway = await testGateway(t, { deps: { ratePerMinute: { clients: 2, people: 4 } } })
  t.match((await gateway.get('/v1/leads')).headers, { 'x-ratelimit-limit': 2, 'x-ratelimit-remaining': 1 })
  await gateway.get('/v1/leads')
  t.match(await gateway.get('/v1/leads'), {
    status: 429,
    headers: { 'retry-after': /^\d+$/, 'content-type': /^application\/problem\+json/ },
    body: { code: 'RATE_LIMIT_EXCEEDED' }
  })
  const stranger = () => gateway.get('/v1/leads', { authorization: 'Bearer guess' })
  t.same([(await stranger()).status, (await stranger()).status, (await stranger()).status], [401, 401, 429])
})

void t.test('a person who is signed in has a limit of their own, for all their sessions together', async (t) => {
  const gateway = await testGateway(t, { deps: { ratePerMinute: { clients: 1, people: 4 } } })
  const [desk, phone] = [
    await gateway.signedIn('mia@own.example', 'manager'),
    await gateway.signedIn('mia@own.example', 'manager')
  ]
  t.match((await desk.get('/v1/leads')).headers, { 'x-ratelimit-limit': 4, 'x-ratelimit-remaining': 3 })
  t.same([(await phone.get('/v1/leads')).status, (await desk.get('/v1/leads')).status], [200, 200])
  t.equal((await phone.get('/v1/meetings')).status, 200)
  t.match(await desk.get('/v1/leads'), {
    status: 429,
    body: { code: 'RATE_LIMIT_EXCEEDED', detail: /More than 4 requests a minute/ }
  })
  const other = await gateway.signedIn('kim@own.example', 'user')
  t.equal((await other.get('/v1/leads')).status, 200, 'others have theirs')
  t.same([(await gateway.get('/v1/leads')).status, (await gateway.get('/v1/leads')).status], [200, 429], 'a key too')
  const pretender = gateway.browser()
  pretender.cookies.set('leadlog-session', 'x'.repeat(43))
  t.same(
    [(await pretender.get('/v1/leads')).status, (await pretender.get('/v1/leads')).status],
    [401, 429],
    'a cookie is no session'
  )
})

void t.test('the limit is shared through Redis and goes on without it', async (t) => {
  const shared = await testRedis(t)
  const redis = new Redis(shared.url)
  t.teardown(() => redis.disconnect())
  const two = [1, 2].map(() =>
    sharedStore(
      redis,
      shared.prefix,
      memoryStore(() => 0)
    )
  )
  const counts = []
  for (const store of [...two, ...two]) counts.push((await store.count('key', 60_000)).current)
  t.same(counts, [1, 2, 3, 4])

  const server = await isolatedRedis(t)
  const away = new Redis(server.url, { enableOfflineQueue: false, maxRetriesPerRequest: 0 })
  away.on('error', () => undefined)
  t.teardown(() => away.disconnect())
  await server.kill()
  const alone = sharedStore(
    away,
    '',
    memoryStore(() => 0)
  )
  t.same(
    [await alone.count('key', 60_000), await alone.count('key', 60_000)],
    [
      { current: 1, ttl: 60_000 },
      { current: 2, ttl: 60_000 }
    ]
  )
})

void t.test('the read models say how far they are', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  bookedLead(story, ada, { startsAt: STARTS_AT })
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const { body } = await gateway.get('/v1/projections')
  const { data } = body as { data: { name: string; stream: string; lagEvents: number; parkedKeys: number }[] }
  t.equal(new Set(data.map(({ name }) => name)).size, gatewayProjections.length)
  t.ok(data.every(({ lagEvents, parkedKeys }) => lagEvents === 0 && parkedKeys === 0))
})

void t.test('a database that is away is a 503, and all is well when it is back', async (t) => {
  const server = await isolatedPostgres(t)
  const gateway = await testGateway(t, { databaseUrl: server.url })
  t.equal((await gateway.get('/v1/leads')).status, 200)
  await server.kill()
  t.match(await gateway.get('/v1/leads'), {
    status: 503,
    headers: { 'retry-after': /^\d+$/ },
    body: { code: 'READ_MODELS_UNAVAILABLE' }
  })
  await server.restart()
  await eventually(async () => (await gateway.get('/v1/leads')).status === 200)
})

interface Documented {
  readonly responses: Record<string, unknown>
  readonly summary?: string
  readonly tags?: readonly string[]
}

void t.test('every route is documented with its answers', async (t) => {
  const { app } = await testGateway(t)
  const document = (await app.inject('/openapi.json')).json<{
    openapi: string
    paths: Record<string, Record<string, Documented>>
  }>()
  t.equal(document.openapi, '3.1.0')
  t.same(Object.keys(document.paths).toSorted(), [
    '/status.json',
    '/v1/api-keys',
    '/v1/api-keys/{id}',
    '/v1/budgets',
    '/v1/calls',
    '/v1/calls/{id}',
    '/v1/calls/{id}/recordings',
    '/v1/calls/{id}/recordings/{recordingId}/audio',
    '/v1/capabilities',
    '/v1/catalogue-items',
    '/v1/catalogue-items/{id}',
    '/v1/commands/{id}',
    '/v1/commands/{service}/{command}',
    '/v1/conferences',
    '/v1/conferences/{id}',
    '/v1/crm-writes',
    '/v1/dead-letters',
    '/v1/dead-letters/groups',
    '/v1/dead-letters/{id}',
    '/v1/dials',
    '/v1/dials/{id}',
    '/v1/events',
    '/v1/events/{id}',
    '/v1/events/{id}/trace',
    '/v1/field-mapping',
    '/v1/field-mapping/versions',
    '/v1/flags',
    '/v1/flags/{flag}',
    '/v1/flows',
    '/v1/flows/{id}',
    '/v1/flows/{id}/versions/{version}',
    '/v1/integrations',
    '/v1/invoices',
    '/v1/invoices/totals',
    '/v1/invoices/{id}',
    '/v1/invoices/{id}/credit-notes/{creditNoteId}/pdf',
    '/v1/invoices/{id}/pdf',
    '/v1/leads',
    '/v1/leads/{id}',
    '/v1/leads/{id}/changes',
    '/v1/leads/{id}/timeline',
    '/v1/ledger',
    '/v1/me',
    '/v1/me/second-factor',
    '/v1/me/second-factor/confirm',
    '/v1/me/second-factor/disable',
    '/v1/me/sessions',
    '/v1/me/sessions/{id}',
    '/v1/meetings',
    '/v1/meetings/{id}',
    '/v1/meetings/{id}/recordings/{recordingId}/media',
    '/v1/meetings/{id}/transcript',
    '/v1/overview',
    '/v1/panel',
    '/v1/panel/meetings',
    '/v1/panel/meetings/{id}',
    '/v1/panel/meetings/{id}/notes',
    '/v1/panel/meetings/{id}/questions',
    '/v1/panel/sessions',
    '/v1/parked-payments',
    '/v1/parked-payments/{id}',
    '/v1/payments',
    '/v1/payments/{id}',
    '/v1/phone-numbers',
    '/v1/projections',
    '/v1/read-models',
    '/v1/rebuilds',
    '/v1/rebuilds/{id}',
    '/v1/rebuilds/{id}/cancel',
    '/v1/rebuilds/{id}/comparison',
    '/v1/rebuilds/{id}/discard',
    '/v1/rebuilds/{id}/progress',
    '/v1/rebuilds/{id}/roll-back',
    '/v1/rebuilds/{id}/swap',
    '/v1/received-events',
    '/v1/received-events/{id}',
    '/v1/redrives',
    '/v1/redrives/{id}',
    '/v1/redrives/{id}/cancel',
    '/v1/redrives/{id}/progress',
    '/v1/search',
    '/v1/security-log',
    '/v1/sign-in',
    '/v1/sign-in/code',
    '/v1/sign-in/confirm',
    '/v1/sign-out',
    '/v1/signing-keys',
    '/v1/sms-templates',
    '/v1/sms-threads',
    '/v1/sms-threads/{id}',
    '/v1/sms-threads/{id}/messages',
    '/v1/spend',
    '/v1/spend/budget',
    '/v1/spend/entries',
    '/v1/stream',
    '/v1/suppressions',
    '/v1/suppressions/{id}',
    '/v1/tokens',
    '/v1/users',
    '/v1/users/{id}',
    '/v1/users/{id}/second-factor',
    '/v1/users/{id}/sessions',
    '/v1/what-ifs',
    '/v1/what-ifs/choices',
    '/v1/what-ifs/estimate',
    '/v1/what-ifs/{id}',
    '/v1/what-ifs/{id}/apply',
    '/v1/what-ifs/{id}/cancel',
    '/v1/what-ifs/{id}/progress',
    '/v1/what-ifs/{id}/records',
    '/v1/zoom-connections'
  ])
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, route] of Object.entries(methods)) {
      t.ok(route.summary && route.tags?.length === 1, `${method} ${path}`)
      const statuses = Object.keys(route.responses ?? {})
      t.ok(
        statuses.some((status) => /^20[0-4]$/.test(status)),
        `${method} ${path}: what comes where it works`
      )
      const wanted = path === '/status.json' ? ['429', '500'] : ['400', '401', '429', '500', '503']
      const problems = wanted.filter((status) => !statuses.includes(status))
      t.same(problems, [], `${method} ${path}`)
    }
  }
  const docs = await app.inject('/docs')
  t.equal(docs.statusCode, 200)
  t.notMatch(docs.headers['content-security-policy'], /upgrade-insecure-requests/, 'it works behind plain HTTP')
  const landing = await app.inject('/')
  t.match(landing.body, /href="\/docs"/)
  t.match(landing.headers, { 'content-security-policy': /default-src 'none'/ })
})
