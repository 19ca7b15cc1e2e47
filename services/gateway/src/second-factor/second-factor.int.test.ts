import { Secret, TOTP } from 'otpauth'
import t from 'tap'
import { testGateway, type TestGateway } from '../fixtures/test-gateway.ts'

const ADA = 'ada@leadlog.example'
const QUARTER_MS = 15 * 60_000
const STEP_MS = 30_000

/** A user whose app has a secret, and who is about to be asked for a code. */
async function enrolled(t: Parameters<typeof testGateway>[0]) {
  const gateway = await testGateway(t)
  const browser = await gateway.signedIn(ADA, 'admin')
  const { secret, uri } = (await browser.post('/v1/me/second-factor')).body as { secret: string; uri: string }
  const totp = new TOTP({ secret: Secret.fromBase32(secret) })
  const code = () => totp.generate({ timestamp: gateway.clock.now().getTime() })
  const confirmed = await browser.post('/v1/me/second-factor/confirm', { code: code() })
  const { recoveryCodes } = confirmed.body as { recoveryCodes: string[] }
  gateway.clock.advance(STEP_MS)
  return { gateway, browser, uri, code, recoveryCodes }
}

/** A browser whose link was confirmed. */
async function half(gateway: TestGateway) {
  const browser = gateway.browser()
  await browser.post('/v1/sign-in', { email: ADA })
  await gateway.access.signIn.close()
  const link = /#([\w-]{43})/.exec(gateway.mails.at(-1)?.text ?? '')?.[1]
  const { body } = await browser.post('/v1/sign-in/confirm', { link })
  t.same(body, { state: 'code-needed', user: null })
  return browser
}

void t.test('with a second factor the link alone opens nothing', async (t) => {
  const { gateway, uri, code, recoveryCodes } = await enrolled(t)
  t.match(uri, /^otpauth:\/\/totp\/Leadlog/)
  t.equal(new Set(recoveryCodes).size, 10)
  const browser = await half(gateway)
  t.equal((await browser.get('/v1/me')).status, 401, 'half is not in')
  t.match(await browser.post('/v1/sign-in/code', { code: '000000' }), { status: 401, body: { code: 'CODE_WRONG' } })
  t.match(await browser.post('/v1/sign-in/code', { code: code() }), { status: 200, body: { state: 'signed-in' } })
  t.match((await browser.get('/v1/me')).body, { user: { email: ADA, secondFactor: true } })
})

void t.test('no code opens two sessions, not even at the same moment', async (t) => {
  const { gateway, code } = await enrolled(t)
  const [first, second] = [await half(gateway), await half(gateway)]
  const answers = await Promise.all([first, second].map((one) => one.post('/v1/sign-in/code', { code: code() })))
  t.same(answers.map(({ status }) => status).toSorted(), [200, 401])
  t.match(
    answers.find(({ status }) => status === 401),
    { body: { code: 'CODE_USED' } }
  )
  const third = await half(gateway)
  t.match(await third.post('/v1/sign-in/code', { code: code() }), { status: 401, body: { code: 'CODE_USED' } })
  gateway.clock.advance(STEP_MS)
  t.equal((await third.post('/v1/sign-in/code', { code: code() })).status, 200, 'the next code is good')
})

void t.test('each recovery code opens one session, however it is typed', async (t) => {
  const { gateway, recoveryCodes } = await enrolled(t)
  const [one = '', two = ''] = recoveryCodes
  t.equal((await (await half(gateway)).post('/v1/sign-in/code', { code: one })).status, 200)
  t.equal((await (await half(gateway)).post('/v1/sign-in/code', { code: one })).status, 401, 'used up')
  t.equal(
    (await (await half(gateway)).post('/v1/sign-in/code', { code: two.toUpperCase().replace('-', ' ') })).status,
    200
  )
  const events = JSON.stringify((await gateway.get('/v1/events?limit=200')).body)
  t.notMatch(events, new RegExp(recoveryCodes.join('|')), 'the codes stand nowhere')
})

void t.test('guessing codes ends after five, in every browser together, and is told of', async (t) => {
  const { gateway, code } = await enrolled(t)
  gateway.clock.advance(QUARTER_MS)
  const statuses: number[] = []
  for (let guess = 0; guess < 3; guess += 1) {
    const browser = await half(gateway)
    for (let turn = 0; turn < 2; turn += 1)
      statuses.push((await browser.post('/v1/sign-in/code', { code: String(100_000 + guess) })).status)
  }
  t.same(statuses, [401, 401, 401, 401, 401, 429])
  const browser = await half(gateway)
  t.match(await browser.post('/v1/sign-in/code', { code: code() }), {
    status: 429,
    headers: { 'retry-after': /^\d+$/ },
    body: { code: 'SIGN_IN_THROTTLED' }
  })
  const after = await gateway.log.lastSequence('EVENTS')
  const log = await gateway.get(`/v1/security-log?after=${String(after)}&type=access.SignInRefused.v1`)
  const texts = (log.body as { data: { text: string; email: string }[] }).data.map(({ text }) => text)
  t.same(texts.filter((text) => text.includes('wrong code')).length, 5)
  t.same(texts.filter((text) => text.includes('too many')).length, 1)
  gateway.clock.advance(QUARTER_MS)
  const later = await half(gateway)
  t.equal((await later.post('/v1/sign-in/code', { code: code() })).status, 200)
})

void t.test('it is replaced and switched off with a code only; an admin takes it from who lost it', async (t) => {
  const { browser, code, recoveryCodes } = await enrolled(t)
  t.match(await browser.post('/v1/me/second-factor'), { status: 409, body: { code: 'SECOND_FACTOR_ENABLED' } })
  t.equal((await browser.post('/v1/me/second-factor/disable', { code: '000000' })).status, 401)
  t.equal((await browser.post('/v1/me/second-factor/disable', { code: code() })).status, 204)
  t.match((await browser.get('/v1/me')).body, { user: { secondFactor: false } })
  t.equal((await browser.post('/v1/me/second-factor/disable', { code: recoveryCodes[0] ?? '' })).status, 401)

  const other = await enrolled(t)
  const admin = await other.gateway.signedIn('root@leadlog.example', 'admin')
  const id = other.gateway.access.users.idOf(ADA)
  t.equal((await admin.request('DELETE', `/v1/users/${id}/second-factor`)).status, 204)
  t.equal((await other.browser.get('/v1/me')).status, 401, 'and their sessions end')
})
