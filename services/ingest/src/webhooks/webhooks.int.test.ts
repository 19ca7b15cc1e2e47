import { createHmac, randomBytes } from 'node:crypto'
import net from 'node:net'
import { text } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { createLogger, startService, type RunningService } from '@leadlog/service'
import { eventually, isolatedNats, testNats } from '@leadlog/testing'
import { ingest } from '../service.ts'

const SIGNING_KEY = 'cal_test_signing_key'
const READAI_KEY = Buffer.from('0123456789abcdef').toString('base64')

async function startIngest(t: Test, environment: Record<string, string>): Promise<RunningService> {
  const service = await startService(ingest, {
    logger: createLogger({ service: 'ingest', level: 'silent' }),
    environment: {
      INGEST_PORT: '0',
      LEADLOG_MASTER_KEY: randomBytes(32).toString('base64'),
      CALENDLY_SIGNING_KEY: SIGNING_KEY,
      READAI_SIGNING_KEY: READAI_KEY,
      ...environment
    }
  })
  t.teardown(() => service.stop())
  return service
}

function signed(body: string, at = Math.floor(Date.now() / 1000)): Record<string, string> {
  const signature = createHmac('sha256', SIGNING_KEY).update(`${at}.${body}`).digest('hex')
  return { 'content-type': 'application/json', 'calendly-webhook-signature': `t=${at},v1=${signature}` }
}

function booking(uri: string): string {
  return JSON.stringify({ event: 'invitee.created', payload: { uri, updated_at: '2026-11-18T10:00:00Z' } })
}

async function post(
  service: RunningService,
  body: string,
  headers: Record<string, string>,
  path = '/webhooks/calendly'
) {
  const answer = await fetch(`${service.url}${path}`, { method: 'POST', body, headers })
  const json = (await answer.json()) as {
    ok?: boolean
    eventId?: string
    duplicate?: boolean
    code?: string
    errors?: { path: string }[]
  }
  return {
    status: answer.status,
    contentType: answer.headers.get('content-type'),
    retryAfter: answer.headers.get('retry-after'),
    ...json
  }
}

void t.test('bad input is refused with a code that says why', async (t) => {
  const { url, prefix } = await testNats(t)
  const service = await startIngest(t, { NATS_URL: url, NATS_PREFIX: prefix })
  const good = booking('https://calendly.example/invitees/1')
  const now = Math.floor(Date.now() / 1000)

  t.match(await post(service, good, {}), { status: 401, code: 'SIGNATURE_MISSING', contentType: /problem\+json/ })
  t.match(await post(service, `${good} `, signed(good)), { status: 401, code: 'SIGNATURE_INVALID' })
  t.match(await post(service, good, signed(good, now - 3_600)), { status: 401, code: 'SIGNATURE_STALE' })
  t.match(await post(service, good, signed(good, now + 3_600)), { status: 401, code: 'SIGNATURE_STALE' })
  t.match(await post(service, '{"event":', signed('{"event":')), { status: 400, code: 'BODY_NOT_JSON' })
  const nameless = JSON.stringify({ event: 'invitee.created', payload: {} })
  t.match(await post(service, nameless, signed(nameless)), {
    status: 400,
    code: 'BODY_INVALID',
    errors: [{ path: '/payload/uri' }]
  })
  const eventless = JSON.stringify({ payload: { uri: 'x' } })
  t.match(await post(service, eventless, signed(eventless)), {
    status: 400,
    code: 'BODY_INVALID',
    errors: [{ path: '/event' }]
  })
  const endless = JSON.stringify({ event: 'invitee.created', payload: { uri: 'x'.repeat(900_000) } })
  t.match(
    await post(service, endless, signed(endless)),
    { status: 400, code: 'BODY_INVALID' },
    'an id that no index takes'
  )
  const large = JSON.stringify({ event: 'invitee.created', payload: { uri: 'x', filler: 'x'.repeat(2_000_000) } })
  t.match(await post(service, large, signed(large)), { status: 413, code: 'BODY_TOO_LARGE' })
  t.match(await post(service, good, signed(good), '/webhooks/unheard-of'), { status: 404, code: 'PROVIDER_UNKNOWN' })
  t.match(await post(service, good, signed(good), '/webhooks/standard/unheard-of'), {
    status: 404,
    code: 'PROVIDER_UNKNOWN'
  })
  t.match(await post(service, good, signed(good), '/elsewhere'), { status: 404, code: 'ROUTE_NOT_FOUND' })
  t.match(await rawRequest(service, 'GARBAGE\r\n\r\n'), /^HTTP\/1\.1 400 [\s\S]*problem\+json[\s\S]*HTTP_MALFORMED/)
})

void t.test('a webhook is stored once and a repeat has the id of the original', async (t) => {
  const { url, prefix } = await testNats(t)
  const service = await startIngest(t, { NATS_URL: url, NATS_PREFIX: prefix })
  const body = booking('https://calendly.example/invitees/2')
  const first = await post(service, body, signed(body))
  t.match(first, { status: 200, ok: true, duplicate: false, eventId: /^[0-9a-f]{32}$/ })
  t.match(await post(service, body, signed(body)), { status: 200, ok: true, duplicate: true, eventId: first.eventId })
  const concurrent = await Promise.all(
    Array.from({ length: 40 }, (_, index) => {
      const one = booking(`https://calendly.example/invitees/many-${index % 20}`)
      return post(service, one, signed(one))
    })
  )
  t.equal(concurrent.filter((answer) => answer.status === 200).length, 40)
  t.equal(concurrent.filter((answer) => answer.duplicate).length, 20, 'of two at once one is the duplicate')
  const unknown = JSON.stringify({
    event: 'routing_form_submission.created',
    payload: { uri: 'https://calendly.example/forms/1' }
  })
  t.match(
    await post(service, unknown, signed(unknown)),
    { status: 200, duplicate: false },
    'an unknown event type is stored too'
  )
  const large = JSON.stringify({ event: 'invitee.created', payload: { uri: 'large', filler: 'x'.repeat(900_000) } })
  t.match(
    await post(service, large, signed(large)),
    { status: 200, duplicate: false },
    'a body close to the limit is stored'
  )
  t.match(await post(service, large, signed(large)), { status: 200, duplicate: true })
})

void t.test('with JetStream away nothing is answered 200, and all is well when it is back', async (t) => {
  const nats = await isolatedNats(t, { syncAlways: true })
  const service = await startIngest(t, { NATS_URL: nats.url })
  const body = booking('https://calendly.example/invitees/3')
  t.match(await post(service, body, signed(body)), { status: 200, duplicate: false })
  await nats.kill()
  const other = booking('https://calendly.example/invitees/4')
  t.match(await post(service, other, signed(other)), { status: 503, retryAfter: /^\d+$/, contentType: /problem\+json/ })
  t.equal((await fetch(`${service.url}/readyz`)).status, 503, 'not ready')
  t.equal((await fetch(`${service.url}/healthz`)).status, 200, 'but alive')
  await nats.restart()
  const later = await eventually(async () => {
    const answer = await post(service, other, signed(other))
    return answer.status === 200 ? answer : null
  })
  t.match(later, { status: 200 })
  t.match(
    await post(service, body, signed(body)),
    { status: 200, duplicate: true },
    'what was answered 200 is still known'
  )
})

async function rawRequest(service: RunningService, request: string): Promise<string> {
  const { hostname, port } = new URL(service.url)
  const socket = net.connect(Number(port), hostname)
  socket.end(request)
  return text(socket)
}
