import { request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { eventually } from '@leadlog/testing'
import { API_KEY, testGateway } from '../fixtures/test-gateway.ts'

const SAM = 'sam@own.example'

void t.test('CSRF: a write by a cookie needs our header and our origin', async (t) => {
  const gateway = await testGateway(t)
  const sam = await gateway.signedIn(SAM, 'user')
  const cases = [
    [{ origin: 'https://evil.example' }, 'ORIGIN_FOREIGN'],
    [{ origin: 'null' }, 'ORIGIN_FOREIGN'],
    [{ origin: 'http://localhost:8080' }, 'ORIGIN_FOREIGN'],
    [{ 'sec-fetch-site': 'cross-site' }, 'ORIGIN_FOREIGN'],
    [{ 'sec-fetch-site': 'same-site' }, 'ORIGIN_FOREIGN']
  ] as const
  for (const [headers, code] of cases)
    t.match(await sam.request('POST', '/v1/sign-out', undefined, headers), { status: 403, body: { code } })
  const cookie = `leadlog-session=${sam.cookies.get('leadlog-session') ?? ''}`
  const bare = await gateway.app.inject({ method: 'POST', path: '/v1/sign-out', headers: { cookie } })
  t.match(bare.json(), { status: 403, code: 'CSRF_HEADER_MISSING' })
  const form = await gateway.app.inject({
    method: 'POST',
    path: '/v1/sign-in',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-leadlog-csrf': '1' },
    payload: 'email=sam%40own.example'
  })
  t.equal(form.statusCode, 415, 'what a form can send is not read')
  t.equal((await sam.get('/v1/me')).status, 200, 'still signed in')
  const preflight = await gateway.app.inject({
    method: 'OPTIONS',
    path: '/v1/sign-out',
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
  })
  t.notOk(preflight.headers['access-control-allow-origin'], 'no other site is allowed to ask')
})

void t.test('login CSRF: signing in is only asked for by pages of ours', async (t) => {
  const gateway = await testGateway(t)
  const browser = gateway.browser()
  for (const path of ['/v1/sign-in', '/v1/sign-in/confirm', '/v1/sign-in/code'])
    t.match(await browser.request('POST', path, {}, { origin: 'https://evil.example' }), { status: 403 }, path)
})

void t.test('a link that is guessed or a scanner’s look uses nothing up, and guessing ends', async (t) => {
  const gateway = await testGateway(t)
  await gateway.signedIn(SAM, 'user')
  const browser = gateway.browser()
  await browser.post('/v1/sign-in', { email: SAM })
  await gateway.access.signIn.close()
  const link = /#([\w-]{43})/.exec(gateway.mails[0]?.text ?? '')?.[1] ?? ''
  t.equal((await gateway.browser().get('/v1/sign-in/confirm')).status, 404, 'there is nothing to GET')
  const statuses: number[] = []
  for (let guess = 0; guess < 40; guess += 1) {
    const wrong = String(guess).padStart(43, 'x')
    statuses.push((await gateway.browser().post('/v1/sign-in/confirm', { link: wrong })).status)
  }
  t.same([...new Set(statuses)], [401, 429])
  gateway.clock.advance(15 * 60_000 - 1)
  t.equal((await browser.post('/v1/sign-in/confirm', { link })).status, 429, 'who guesses waits')
})

void t.test('an account gets five mails in a quarter of an hour, whoever asks, and nobody learns of it', async (t) => {
  const gateway = await testGateway(t)
  await gateway.signedIn(SAM, 'user')
  for (let turn = 0; turn < 8; turn += 1)
    t.equal((await gateway.browser().post('/v1/sign-in', { email: SAM })).status, 202)
  await gateway.access.signIn.close()
  t.equal(gateway.mails.length, 5)
})

void t.test('mass assignment: what a body must not set is refused, not taken', async (t) => {
  const gateway = await testGateway(t)
  for (const body of [
    { email: SAM, role: 'admin' },
    { email: SAM, userId: 'x' },
    { email: [SAM, 'evil@evil.example'] },
    JSON.parse(`{"email":"${SAM}","__proto__":{"role":"admin"}}`) as object
  ])
    t.equal((await gateway.browser().post('/v1/sign-in', body)).status, 400, JSON.stringify(body))
  const polluted = await gateway.app.inject({
    method: 'POST',
    path: '/v1/sign-in',
    headers: { 'content-type': 'application/json', 'x-leadlog-csrf': '1' },
    payload: `{"email":"${SAM}","__proto__":{"role":"admin"}}`
  })
  t.equal(polluted.statusCode, 400)
  t.equal(({} as { role?: string }).role, undefined)
})

void t.test('injection in mail: an address cannot carry a header or a second receiver', async (t) => {
  const gateway = await testGateway(t)
  for (const email of [`${SAM}\r\nBcc: evil@evil.example`, `${SAM},evil@evil.example`, `"x" <${SAM}>`])
    await gateway.browser().post('/v1/sign-in', { email })
  await gateway.access.signIn.close()
  t.equal(gateway.mails.length, 0)
})

void t.test('injection in filter, sort, cursor and search: text stays text', async (t) => {
  const gateway = await testGateway(t)
  const sam = await gateway.signedIn(SAM, 'user')
  for (const text of [
    `' or true --`,
    `'; set local leadlog.reads = 'all'; --`,
    `%' or current_setting('leadlog.reads') <> '' --`,
    `\\' or 1=1`
  ]) {
    const value = encodeURIComponent(text)
    for (const query of [`q=${value}`, `email=${value}`]) {
      t.match(await sam.get(`/v1/leads?${query}`), { status: 200, body: { data: [] } }, query)
    }
    t.match(await sam.get(`/v1/search?q=${value}`), { status: 200, body: { data: [] } }, `search for ${text}`)
    t.equal((await sam.get(`/v1/search?q=ada&kind=${value}`)).status, 400)
    for (const query of [`sort=${value}`, `status=${value}`, `limit=${value}`, `cursor=${value}`, `${value}=x`])
      t.equal((await sam.get(`/v1/leads?${query}`)).status, 400, query)
    t.equal((await sam.get(`/v1/meetings?expand=${value}`)).status, 400, 'expand')
    t.match(await sam.get(`/v1/leads/${value}`), { status: 400, body: { code: 'ID_INVALID' } })
  }
  const forged = Buffer.from(JSON.stringify(['-lastActivityAt', `2026-01-01T00:00:00.000Z'--`, 'x'])).toString(
    'base64url'
  )
  t.match(await sam.get(`/v1/leads?cursor=${forged}`), { status: 400, body: { code: 'CURSOR_INVALID' } })
})

void t.test('oversized and deeply nested JSON is refused, and the process goes on', async (t) => {
  const gateway = await testGateway(t)
  const path = '/v1/commands/crm/CaptureLead'
  const send = (payload: string) =>
    gateway.app.inject({
      method: 'POST',
      path,
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json', 'idempotency-key': 'k' },
      payload
    })
  t.equal((await send(JSON.stringify({ name: 'x'.repeat(1_100_000) }))).statusCode, 413)
  const deep = 400_000
  for (const body of [
    '['.repeat(deep) + ']'.repeat(deep),
    `{"name":${'{"a":'.repeat(deep / 4)}1${'}'.repeat(deep / 4)},"email":"a@a.example","source":"x"}`
  ])
    t.match((await send(body)).json(), { status: 400 }, `${String(body.length)} bytes, nested`)
  t.equal((await gateway.get('/v1/me')).status, 200)
})

void t.test('a slow body is cut, and others are served meanwhile', async (t) => {
  const gateway = await testGateway(t, { requestTimeoutMs: 300 })
  await gateway.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = gateway.app.server.address() as AddressInfo
  const slow = httpRequest({
    host: '127.0.0.1',
    port,
    method: 'POST',
    path: '/v1/sign-in',
    headers: { 'content-type': 'application/json', 'content-length': '1000', 'x-leadlog-csrf': '1' }
  })
  const ended = new Promise<string>((resolve) => {
    slow.on('response', (answer) => resolve(String(answer.statusCode)))
    slow.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'))
  })
  slow.write('{"email":')
  const other = await fetch(`http://127.0.0.1:${String(port)}/v1/me`, {
    headers: { authorization: `Bearer ${API_KEY}` }
  })
  t.equal(other.status, 200)
  // Read to its end: with an answer half read the connection is busy, and the server waits for it when it closes.
  await other.arrayBuffer()
  t.match(await ended, /^(408|ECONNRESET)$/)
  await eventually(async () => (await connectionsOf(gateway.app.server)) <= 1)
  t.pass('the connection is gone, although its client keeps it')
})

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => {
      if (error) reject(error)
      else resolve(count)
    })
  })
}
