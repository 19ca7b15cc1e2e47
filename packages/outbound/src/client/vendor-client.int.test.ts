import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { TransientError } from '@leadlog/contracts'
import { eventually, type TestContext } from '@leadlog/testing'
import t from 'tap'
import {
  createBudget,
  createCircuit,
  createVendorClient,
  responseOf,
  type CallEnded,
  type VendorCall,
  type VendorClientOptions
} from '../index.ts'

type Answer = (request: IncomingMessage, body: string, response: ServerResponse) => void

/** A vendor on a port of its own; counts what it received. */
async function vendor(t: TestContext, answer: Answer): Promise<{ baseUrl: string; received: string[] }> {
  const received: string[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push(`${request.method ?? ''} ${request.url ?? ''}`)
      answer(request, Buffer.concat(chunks).toString(), response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return { baseUrl: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, received }
}

function client(t: TestContext, options: Partial<VendorClientOptions> & { baseUrl: string }) {
  const made = createVendorClient({
    vendor: 'zoho',
    privateHosts: ['127.0.0.1'],
    random: () => 0,
    timeoutMs: 5_000,
    ...options
  })
  t.teardown(() => made.close())
  return made
}

const read: VendorCall = { operation: 'get-lead', method: 'GET', path: '/Leads/1', lane: 'live' }
const write: VendorCall = { operation: 'upsert', method: 'POST', path: '/Leads/upsert', lane: 'bulk', body: { a: 1 } }

void t.test('a call carries path, query, body and headers, no trace, and is counted', async (t) => {
  const { baseUrl } = await vendor(t, ({ method, url, headers }, body, response) => {
    response.setHeader('content-type', 'application/json')
    const { authorization, traceparent } = headers
    response.end(JSON.stringify({ method, url, type: headers['content-type'], authorization, traceparent, body }))
  })
  const ended: CallEnded[] = []
  const zoho = client(t, {
    baseUrl: `${baseUrl}/crm/v8`,
    headers: () => Promise.resolve({ authorization: 'Zoho-oauthtoken x' }),
    onCallEnded: (call) => ended.push(call)
  })
  const json = await zoho.call({ ...write, query: { trigger: '', page: 2, none: undefined } })
  t.same(json.json(), {
    method: 'POST',
    url: '/crm/v8/Leads/upsert?trigger=&page=2',
    type: 'application/json',
    authorization: 'Zoho-oauthtoken x',
    body: '{"a":1}'
  })
  const form = await zoho.call({ ...write, body: new URLSearchParams({ grant_type: 'refresh_token' }), path: '/t' })
  t.match(form.json(), { type: 'application/x-www-form-urlencoded', body: 'grant_type=refresh_token' })
  const plain = (await zoho.call(read)).json() as { type?: string; traceparent?: string }
  t.same([plain.type, plain.traceparent], [undefined, undefined])
  t.match(ended[0], { vendor: 'zoho', operation: 'upsert', lane: 'bulk', outcome: 'ok', status: 200, attempt: 1 })
  t.equal(ended.length, 3)
})

void t.test('what a status means for the effect', async (t) => {
  const { baseUrl, received } = await vendor(t, (request, _, response) => {
    response.statusCode = Number(request.url?.slice(1))
    response.end('{"code":"MANDATORY_NOT_FOUND","email":"ada@example.com"}')
  })
  const zoho = client(t, { baseUrl })
  const cases: [number, Partial<VendorCall>, string, string, number][] = [
    [400, write, 'PermanentError', 'OUTBOUND_BAD_REQUEST', 1],
    [401, read, 'PermanentError', 'OUTBOUND_UNAUTHORIZED', 1],
    [418, write, 'PermanentError', 'OUTBOUND_REJECTED', 1],
    [302, read, 'PermanentError', 'OUTBOUND_REDIRECTED', 1],
    [408, write, 'TransientError', 'OUTBOUND_SERVER_ERROR', 1],
    [500, write, 'OutcomeUnknownError', 'OUTBOUND_OUTCOME_UNKNOWN', 1],
    [503, { ...write, serverErrorMeans: 'not-done' }, 'TransientError', 'OUTBOUND_SERVER_ERROR', 1],
    [500, { ...write, effect: 'read' }, 'TransientError', 'OUTBOUND_SERVER_ERROR', 3],
    [502, read, 'TransientError', 'OUTBOUND_SERVER_ERROR', 3],
    [429, read, 'TransientError', 'OUTBOUND_RATE_LIMITED', 1]
  ]
  for (const [status, call, name, code, attempts] of cases) {
    received.length = 0
    const error: unknown = await zoho.call({ ...read, ...call, path: `/${String(status)}` }).catch((e: unknown) => e)
    t.match(error, { name, code }, `${String(status)} ${call.operation ?? ''}`)
    t.equal(received.length, attempts)
    t.match(responseOf(error)?.json(), { code: 'MANDATORY_NOT_FOUND' })
    t.notMatch(inspect(error, { depth: 9, showHidden: true }), /ada@example/, 'the body is not on the error')
  }
})

void t.test('a vendor has its own reading of its answers', async (t) => {
  const { baseUrl } = await vendor(t, (request, _, response) => {
    response.statusCode = request.url === '/none' ? 404 : 200
    response.end(request.url === '/throttled' ? '{"error":"Access Denied"}' : '{"error":"invalid_code"}')
  })
  const zoho = client(t, {
    baseUrl,
    classify: (response) => {
      if (response.status === 404) return { kind: 'ok' }
      const { error } = response.json() as { error: string }
      if (error === 'Access Denied') return { kind: 'rate-limited', retryAfterMs: 60_000 }
      return { kind: 'failed', error: new TransientError('ZOHO_TOKEN', error) }
    }
  })
  t.equal((await zoho.call({ ...read, path: '/none' })).status, 404)
  await t.rejects(zoho.call({ ...read, path: '/throttled' }), { code: 'OUTBOUND_RATE_LIMITED', retryAfterMs: 60_000 })
  await t.rejects(zoho.call({ ...read, path: '/code' }), { code: 'ZOHO_TOKEN' })
})

void t.test('whether a call without an answer left decides what is known about it', async (t) => {
  const { baseUrl, received } = await vendor(t, (request, _, response) => {
    if (request.url === '/lost') response.destroy()
    if (request.url === '/cut') response.write('{"half":', () => response.destroy())
    if (request.url === '/large') response.end('x'.repeat(2_000))
    if (request.url === '/text') response.end('<html>')
  })
  const zoho = client(t, { baseUrl, maxResponseBytes: 1_000 })
  const away = client(t, { baseUrl: 'http://127.0.0.1:1' })

  const notDone = { name: 'TransientError', code: 'OUTBOUND_UNREACHABLE' }
  await t.rejects(away.call(write), notDone)

  const unknown = (reason: string) => ({ name: 'OutcomeUnknownError', code: 'OUTBOUND_OUTCOME_UNKNOWN', reason })
  await t.rejects(zoho.call({ ...write, path: '/lost' }), unknown('connection-lost'))
  await t.rejects(zoho.call({ ...write, path: '/cut' }), unknown('connection-lost'))
  await t.rejects(zoho.call({ ...write, path: '/silent', timeoutMs: 1_500 }), unknown('timed-out'))
  await t.rejects(zoho.call({ ...write, path: '/large' }), unknown('unreadable-answer'))
  const text = await zoho.call({ ...write, path: '/text' })
  t.throws(() => text.json(), unknown('unreadable-answer'))
  t.equal(received.length, 5, 'no write was repeated')

  received.length = 0
  await t.rejects(zoho.call({ ...read, path: '/lost' }), { name: 'TransientError', code: 'OUTBOUND_CONNECTION_LOST' })
  t.equal(received.length, 3)
  const late = { name: 'TransientError', code: 'OUTBOUND_TIMED_OUT' }
  await t.rejects(zoho.call({ ...read, path: '/silent', timeoutMs: 1_500 }), late)
  t.equal(received.length, 4, 'a slow vendor is not asked again')
  await t.rejects(zoho.call({ ...read, path: '/large' }), { code: 'OUTBOUND_ANSWER_TOO_LARGE', name: 'PermanentError' })

  const forbidden = { ...write, headers: { 'x-note': 'line\nbreak' } }
  await t.rejects(zoho.call(forbidden), { code: 'OUTBOUND_REQUEST_INVALID', name: 'PermanentError' })
})

void t.test('a call that is given up', async (t) => {
  const { baseUrl, received } = await vendor(t, () => undefined)
  const zoho = client(t, { baseUrl, connections: 1 })
  const first = new AbortController()
  const second = new AbortController()
  const sent = zoho.call({ ...write, signal: first.signal })
  const settled = Promise.allSettled([sent, zoho.call({ ...write, signal: second.signal, path: '/queued' })])
  await eventually(() => received.length === 1)
  second.abort()
  first.abort()
  const reasons = (await settled).map((result) => (result.status === 'rejected' ? (result.reason as unknown) : null))
  t.match(reasons, [
    { name: 'OutcomeUnknownError', reason: 'given-up' },
    { name: 'TransientError', code: 'OUTBOUND_GIVEN_UP' }
  ])
  t.same(received, ['POST /Leads/upsert'], 'the queued one never left')
})

void t.test('a 429 pauses the lane for the time it names', async (t) => {
  const now = new Date('2026-11-18T10:00:00Z')
  const { baseUrl } = await vendor(t, (request, _, response) => {
    response.statusCode = 429
    if (request.url === '/seconds') response.setHeader('retry-after', '7')
    if (request.url === '/date') response.setHeader('retry-after', 'Wed, 18 Nov 2026 10:01:00 GMT')
    if (request.url === '/own') response.setHeader('x-ratelimit-reset-after', '90')
    response.end()
  })
  const cases: [string, number][] = [
    ['/seconds', 7_000],
    ['/date', 60_000],
    ['/own', 90_000],
    ['/silent', 10_000]
  ]
  for (const [path, ms] of cases) {
    const budget = createBudget({ vendor: 'zoho', account: 'eu', perMinute: 1_000, clock: () => now })
    t.teardown(() => budget.close())
    const zoho = client(t, {
      baseUrl,
      budget,
      clock: () => now,
      readRetryAfterMs: ({ headers }) =>
        headers['x-ratelimit-reset-after'] ? Number(headers['x-ratelimit-reset-after']) * 1_000 : undefined
    })
    await t.rejects(zoho.call({ ...write, path }), { code: 'OUTBOUND_RATE_LIMITED', retryAfterMs: ms })
    const until = new Date(now.getTime() + ms)
    t.match(budget.snapshot().pausedUntil, { person: null, live: null, retry: null, bulk: until, replay: until })
    const tooLong = { code: 'OUTBOUND_BUDGET_EXHAUSTED', retryAfterMs: ms }
    await t.rejects(zoho.call({ ...write, path, maxWaitMs: 1_000 }), tooLong)
  }
})

void t.test('the circuit opens on failures, not on refusals, and closes by a trial', async (t) => {
  let status = 429
  let seen = 0
  const { baseUrl } = await vendor(t, (_, __, response) => {
    seen++
    response.statusCode = status
    response.end()
  })
  const states: string[] = []
  const circuit = createCircuit({ vendor: 'zoho', leastCalls: 4, openForMs: 500, onChange: (s) => states.push(s) })
  const ended: CallEnded[] = []
  const zoho = client(t, { baseUrl, circuit, onCallEnded: (call) => ended.push(call) })
  const call = () =>
    zoho.call(write).then(
      () => 'OK',
      (error: { code: string }) => error.code
    )
  for (let i = 0; i < 6; i++) t.equal(await call(), 'OUTBOUND_RATE_LIMITED')
  status = 400
  for (let i = 0; i < 6; i++) t.equal(await call(), 'OUTBOUND_BAD_REQUEST')
  t.equal(circuit.state(), 'closed')
  status = 500
  seen = 0
  await eventually(async () => (await call()) === 'OUTBOUND_CIRCUIT_OPEN', { every: 1 })
  t.ok(seen >= 4 && seen <= 20)
  const asked = seen
  t.equal(await call(), 'OUTBOUND_CIRCUIT_OPEN')
  t.equal(seen, asked, 'nothing reached the vendor')
  t.match(ended.at(-1), { outcome: 'failed', code: 'OUTBOUND_CIRCUIT_OPEN', status: 0, durationMs: 0 })

  status = 200
  await eventually(async () => (await call()) === 'OK')
  t.same(states, ['open', 'half-open', 'closed'])
})

void t.test('while a trial is under way others are refused', async (t) => {
  const circuit = createCircuit({ vendor: 'zoho', leastCalls: 1, lastCalls: 1, openForMs: 1 })
  const failing = () => Promise.reject(new TransientError('OUTBOUND_UNREACHABLE', 'away'))
  await t.rejects(circuit.run(failing), { code: 'OUTBOUND_UNREACHABLE' })
  let finish: (value: string) => void = () => undefined
  const trial = await eventually(() => {
    circuit.check()
    return { result: circuit.run(() => new Promise<string>((resolve) => (finish = resolve))) }
  })
  t.equal(circuit.state(), 'half-open')
  await t.rejects(
    circuit.run(() => Promise.resolve('other')),
    { code: 'OUTBOUND_CIRCUIT_OPEN' }
  )
  finish('done')
  t.equal(await trial.result, 'done')
  t.equal(circuit.state(), 'closed')
})

void t.test(
  'something large is read as a stream, where it lies elsewhere too, and without credentials there',
  async (t) => {
    const { baseUrl } = await vendor(t, ({ url, headers }, _, response) => {
      if (url === '/gone') return response.writeHead(404).end('{"code":1}')
      if (url === '/moved') return response.writeHead(302, { location: '/file' }).end()
      response.writeHead(206, { 'content-range': 'bytes 0-9/100' })
      response.end(`${headers.range ?? ''} ${headers.authorization ?? 'nobody'}`)
    })
    const zoho = client(t, { baseUrl, headers: () => ({ authorization: 'secret' }) })
    const read = async (path: string) => {
      const { status, headers, body } = await zoho.stream({
        operation: 'get-file',
        method: 'GET',
        path,
        headers: { range: 'bytes=0-9' },
        lane: 'live'
      })
      return { status, range: headers['content-range'], body: Buffer.concat(await body.toArray()).toString() }
    }
    t.match(await read('/file'), { status: 206, range: 'bytes 0-9/100', body: 'bytes=0-9 secret' })
    t.match(await read('/moved'), { body: 'bytes=0-9 nobody' })
    const gone = await read('/gone').catch((error: unknown) => error)
    t.match(gone, { code: 'OUTBOUND_NOT_FOUND' })
    t.equal(responseOf(gone)?.text(), '{"code":1}')
  }
)
