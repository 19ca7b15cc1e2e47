import { HttpProblem } from '@leadlog/service'
import t from 'tap'
import type { RawDelivery } from './provider.ts'
import { zoomProvider } from './zoom.ts'

const SECRET = 'zoom_secret_token_0001'
const AT = 1_795_017_605
const STARTED =
  '{"event":"meeting.started","event_ts":1795017605123,"payload":{"account_id":"A1","object":{"id":"84392028671","uuid":"4nR0i/L9Q2mfrfXtEWMnGA=="}}}'
const SIGNATURE = 'v0=0b34c8c43799f957978ccd67b8b6ccb69f6b0da53a26e66cd8a2567f4d9c374f'
/** What Node would write otherwise: only the raw bytes verify. */
const ESCAPED = String.raw`{"event":"meeting.started","payload":{"object":{"topic":"Caf\u00e9 \/ sales"}}}`
const ESCAPED_SIGNATURE = 'v0=be5dfd478381e0d42ca643d266575190510716213663b1caa8a1bfe88c3b1455'

const zoom = zoomProvider({ secrets: [SECRET] })

function delivery(body: string, signature?: string, at = AT): RawDelivery {
  const headers = signature === undefined ? {} : { 'x-zm-signature': signature, 'x-zm-request-timestamp': String(AT) }
  return { headers, body: Buffer.from(body), source: '', url: '', now: new Date(at * 1000) }
}

function outcome(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error instanceof HttpProblem ? `${error.statusCode} ${error.code}` : error
  }
}

void t.test('the documented signature is taken, over the raw bytes, within five minutes', (t) => {
  const verify = (...given: Parameters<typeof delivery>) => outcome(() => zoom.verify(delivery(...given)))
  t.match(verify(STARTED, SIGNATURE), { scheme: 'zoom-hmac-sha256' })
  t.match(verify(ESCAPED, ESCAPED_SIGNATURE), { scheme: 'zoom-hmac-sha256' })
  t.match(verify(STARTED, SIGNATURE, AT + 300), { scheme: 'zoom-hmac-sha256' })
  t.equal(verify(STARTED, SIGNATURE, AT + 301), '401 SIGNATURE_STALE')
  t.equal(verify(STARTED, SIGNATURE, AT - 301), '401 SIGNATURE_STALE')
  t.equal(verify(`${STARTED} `, SIGNATURE), '401 SIGNATURE_INVALID')
  t.equal(verify(STARTED, SIGNATURE.slice(3)), '401 SIGNATURE_INVALID')
  t.equal(verify(STARTED), '401 SIGNATURE_MISSING')
  const rotating = zoomProvider({ secrets: ['the next one', SECRET] })
  t.match(rotating.verify(delivery(STARTED, SIGNATURE)), { scheme: 'zoom-hmac-sha256' })
  const none = zoomProvider({ secrets: [] })
  t.equal(
    outcome(() => none.verify(delivery(STARTED, SIGNATURE))),
    '503 PROVIDER_NOT_CONFIGURED'
  )
  t.end()
})

void t.test('the address is validated, signed or not, and nothing is signed that could be a delivery', (t) => {
  const asked = (plainToken: unknown) =>
    JSON.stringify({ payload: { plainToken }, event_ts: 1_795_017_605_000, event: 'endpoint.url_validation' })
  const answer = (body: string, signature?: string) => outcome(() => zoom.handshake?.(delivery(body, signature)))
  t.strictSame(answer(asked('qgg8vlvZRS6UYooatFL8Aw')), {
    plainToken: 'qgg8vlvZRS6UYooatFL8Aw',
    encryptedToken: 'f36b29d74731078f5c061138e59635b0b9bedffdd8c0754de23dfc24739dc09f'
  })
  t.equal(answer(asked('qgg8vlvZRS6UYooatFL8Aw'), SIGNATURE), '401 SIGNATURE_INVALID', 'a wrong signature is one')
  for (const token of ['v0:1795017605:{}', 'x'.repeat(65), '', '{"event":1}', 7, null]) {
    t.equal(answer(asked(token)), '400 BODY_INVALID', String(token))
  }
  t.equal(answer(STARTED, SIGNATURE), null)
  t.equal(answer(JSON.stringify({ event: 'x', payload: { object: { topic: 'endpoint.url_validation' } } })), null)
  t.end()
})

void t.test('a repeat has the name of the original; another person or moment has another', (t) => {
  const name = (event: string, object: unknown, at: number | undefined = 1) => {
    const payload = { event, event_ts: at, payload: { object } }
    return zoom.identify(payload, delivery(JSON.stringify(payload))).externalId.join(' ')
  }
  const joined = (uuid: string) => ({ uuid: 'u==', id: '123', participant: { participant_uuid: uuid } })
  t.equal(name('meeting.participant_joined', joined('A')), 'u== A 1')
  t.not(name('meeting.participant_joined', joined('B')), name('meeting.participant_joined', joined('A')))
  t.not(name('meeting.participant_joined', joined('A'), 2), name('meeting.participant_joined', joined('A')))
  const recorded = (...ids: string[]) => ({ uuid: 'u==', recording_files: ids.map((id) => ({ id })) })
  t.equal(name('recording.completed', recorded('a', 'b')), name('recording.completed', recorded('b', 'a')))
  t.not(name('recording.completed', recorded('a')), name('recording.completed', recorded('a', 'b')))
  t.match(name('app_deauthorized', undefined), /^[0-9a-f]{64}$/)
  t.end()
})
