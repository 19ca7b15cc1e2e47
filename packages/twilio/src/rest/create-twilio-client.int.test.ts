import type { TransientError } from '@leadlog/contracts'
import { createCircuit, OutcomeUnknownError } from '@leadlog/outbound'
import { createSimulators, type FaultRule, type Simulators } from '@leadlog/simulators'
import t, { type Test } from 'tap'
import {
  createTwilioClient,
  twilioCodeOf,
  type NewCall,
  type TwilioClientOptions,
  type TwilioConnection
} from './index.ts'

const ACCOUNT = 'AC00000000000000000000000000000001'
const TOKEN = 'simulated-twilio-auth-token-0001'
const OURS = '+16465550100'
const MARCO = '+14155550142'
const PUBLIC = 'https://leadlog.example.com'
const call: NewCall = {
  to: MARCO,
  from: OURS,
  url: `${PUBLIC}/twilio/voice?dial=d1`,
  statusCallback: `${PUBLIC}/webhooks/twilio/voice-status?dial=d1`,
  statusCallbackEvents: ['initiated', 'answered', 'completed'],
  timeoutSeconds: 25
}
const message = {
  to: MARCO,
  from: OURS,
  body: 'Your demo is at three.',
  statusCallback: `${PUBLIC}/webhooks/twilio/sms-status?message=m1`
}

async function account(
  t: Test,
  options: Partial<TwilioClientOptions> = {}
): Promise<{ twilio: TwilioConnection; state: Simulators['state']; url: string; fail: (...rules: Fault[]) => void }> {
  const { app, state } = await createSimulators()
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(() => app.close())
  const twilio = createTwilioClient({
    accountSid: ACCOUNT,
    authTokens: [TOKEN],
    baseUrl: `${url}/twilio`,
    privateHosts: ['127.0.0.1'],
    timeoutMs: 5_000,
    ...options
  })
  t.teardown(() => twilio.close())
  const fail = (...rules: Fault[]) => state.faults.set(rules.map((rule) => ({ vendor: 'twilio', ...rule })))
  return { twilio, state, url, fail }
}

type Fault = Omit<FaultRule, 'vendor'>

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error
  )
}

void t.test("calls and messages are made, found and changed by Twilio's own library", async (t) => {
  const { twilio, state } = await account(t)
  const before = new Date()
  const made = await twilio.createCall({ ...call, record: true })
  t.match(made, { direction: 'outbound-api', to: MARCO, from: OURS, durationSeconds: null, parentCallSid: null })
  t.ok(made.createdAt instanceof Date)
  t.match(state.twilio.calls.get(made.sid), {
    statusCallbackEvents: ['initiated', 'answered', 'completed'],
    timeoutSeconds: 25,
    record: true
  })
  t.equal((await twilio.call(made.sid)).sid, made.sid)
  t.strictSame(
    (await twilio.listCalls({ to: MARCO, from: OURS, startedAfter: before })).map(({ sid }) => sid),
    [made.sid],
    'a call that is still queued is found too'
  )
  t.strictSame(await twilio.listCalls({ to: '+14155550199' }), [])
  t.strictSame(await twilio.listCalls({ to: MARCO, startedAfter: new Date(Date.now() + 60_000) }), [])
  const sent = await twilio.sendMessage(message)
  t.match(sent, { to: MARCO, body: message.body, segments: 1, direction: 'outbound-api', errorCode: null })
  t.equal((await twilio.message(sent.sid)).body, message.body)
  t.match(await twilio.listMessages({ to: MARCO, sentAfter: before }), [{ sid: sent.sid }])
  const other = await twilio.createCall({ ...call, to: '+14155550143' })
  t.match(await twilio.updateCall(other.sid, { status: 'canceled' }), { status: 'canceled' })
  t.equal(twilioCodeOf(await failureOf(twilio.updateCall(other.sid, { status: 'completed' }))), 21220)
})

void t.test('lists go on over pages until what was looked for is too old', async (t) => {
  const { twilio, state } = await account(t)
  const sids: string[] = []
  for (let count = 0; count < 120; count += 1) sids.unshift((await twilio.sendMessage(message)).sid)
  const all = await twilio.listMessages({ to: MARCO, sentAfter: new Date(0) })
  t.strictSame(
    all.map(({ sid }) => sid),
    sids
  )
  t.equal(state.journal.list({ vendor: 'twilio' }).filter(({ method }) => method === 'GET').length, 3)
})

void t.test('what Twilio refuses has its code, and nothing of whom it was about', async (t) => {
  const { twilio, state, url } = await account(t)
  const refused = async (work: Promise<unknown>) => {
    const error = await failureOf(work)
    t.notMatch(String(error), '555')
    return twilioCodeOf(error)
  }
  t.equal(await refused(twilio.createCall({ ...call, to: '555-0142' })), 21211)
  t.equal(await refused(twilio.sendMessage({ ...message, from: 'nobody555' })), 21212)
  t.equal(await refused(twilio.sendMessage({ ...message, body: 'x'.repeat(1_601) })), 21617)
  state.twilio.optOuts.set(MARCO, OURS, true)
  t.equal(await refused(twilio.sendMessage(message)), 21610)
  t.equal(await refused(twilio.call(`CA${'0'.repeat(32)}`)), 20404)
  t.match(await failureOf(twilio.call('CA1/../../x')), { code: 'TWILIO_SID_INVALID' })
  const options = { accountSid: ACCOUNT, baseUrl: `${url}/twilio`, privateHosts: ['127.0.0.1'] }
  const stranger = createTwilioClient({ ...options, authTokens: ['wrong'] })
  t.teardown(() => stranger.close())
  t.equal(await refused(stranger.listCalls({})), 20003)
  const { signal } = new AbortController()
  t.equal(await refused(stranger.account(signal)), 20003)
  t.strictSame(await twilio.account(signal), { friendlyName: 'Simulated account', status: 'active', type: 'Full' })
  const rotating = createTwilioClient({ ...options, authTokens: ['not in force yet', TOKEN] })
  t.teardown(() => rotating.close())
  t.ok(await rotating.createCall(call))
  t.equal(state.twilio.calls.list().length, 1, 'the token that was refused made nothing')
  t.throws(() => createTwilioClient({ accountSid: 'SK1', authTokens: [TOKEN] }), /TWILIO_ACCOUNT_SID/)
  t.throws(() => createTwilioClient({ accountSid: ACCOUNT, authTokens: [] }), /TWILIO_AUTH_TOKEN/)
})

void t.test('a failure says whether anything may have been done', async (t) => {
  const circuit = createCircuit({ vendor: 'twilio', lastCalls: 100, leastCalls: 100 })
  const { twilio, state, fail } = await account(t, { circuit, timeoutMs: 300 })
  const calls = () => state.twilio.calls.list().length
  const unknown = async (rule: Fault, reason: string) => {
    fail(rule)
    const error = await failureOf(twilio.createCall(call))
    t.ok(error instanceof OutcomeUnknownError)
    t.equal((error as OutcomeUnknownError).reason, reason)
  }
  await unknown({ route: 'POST', kind: 'timeout-after', delayMs: 5_000 }, 'timed-out')
  t.equal(calls(), 1, 'it was made')
  await unknown({ route: 'POST', kind: 'drop-after' }, 'connection-lost')
  t.equal(calls(), 2)
  await unknown({ route: 'POST', kind: '500' }, 'server-error')
  await unknown({ route: 'POST', kind: 'reset' }, 'connection-lost')
  t.equal(calls(), 2)
  fail({ route: 'POST', kind: '429' })
  const limited = await failureOf(twilio.sendMessage(message))
  t.match(limited, { code: 'OUTBOUND_RATE_LIMITED', countsAsAttempt: false })
  t.ok(((limited as TransientError).retryAfterMs ?? 0) >= 1_000)
  t.equal(state.twilio.messages.list().length, 0, 'and nothing was sent')
  fail({ route: 'POST', kind: 'error', code: '21408' })
  t.equal(twilioCodeOf(await failureOf(twilio.sendMessage(message))), 21408)
  fail({ route: 'GET', kind: '503', count: 1 })
  t.equal((await twilio.listCalls({ to: MARCO })).length, 2, 'a read is repeated')
})

void t.test('a server that is away was sent nothing; the environment names no other one', async (t) => {
  process.env['TWILIO_EDGE'] = 'dublin'
  process.env['TWILIO_REGION'] = 'ie1'
  t.teardown(() => {
    delete process.env['TWILIO_EDGE']
    delete process.env['TWILIO_REGION']
  })
  const { twilio, url } = await account(t)
  t.ok(await twilio.createCall(call), 'edge and region of the environment are left alone')
  const { port } = new URL(url)
  const away = createTwilioClient({
    accountSid: ACCOUNT,
    authTokens: [TOKEN],
    baseUrl: `http://127.0.0.1:${port === '1' ? '2' : '1'}`,
    privateHosts: ['127.0.0.1']
  })
  t.teardown(() => away.close())
  const error = await failureOf(away.createCall(call))
  t.match(error, { code: 'OUTBOUND_UNREACHABLE' })
  t.notOk(error instanceof OutcomeUnknownError)
})
