import t from 'tap'
import { testGateway, type TestGateway } from '../fixtures/test-gateway.ts'

const ADA = 'ada@leadlog.example'

/** The gateway with one user, and the secret of a link that the browser asked for. */
async function linkFor(t: Parameters<typeof testGateway>[0], gateway?: TestGateway) {
  const running = gateway ?? (await testGateway(t))
  await running.signedIn(ADA, 'manager')
  const browser = running.browser()
  const asked = await browser.post('/v1/sign-in', { email: 'Ada@Leadlog.example' })
  await running.access.signIn.close()
  const link = /#([\w-]{43})/.exec(running.mails.at(-1)?.text ?? '')?.[1] ?? ''
  return { gateway: running, browser, asked, link }
}

void t.test('a mailed link signs in the browser that asked, once', async (t) => {
  const { gateway, browser, asked, link } = await linkFor(t)
  t.match(asked, { status: 202, body: { minutes: 15 } })
  t.match(gateway.mails, [{ to: ADA, subject: 'Sign in to Leadlog', text: /Firefox on Linux/ }])
  t.equal((await browser.get('/v1/me')).status, 401)
  const signedIn = await browser.post('/v1/sign-in/confirm', { link })
  t.match(signedIn, { status: 200, body: { state: 'signed-in', user: { email: ADA, role: 'manager' } } })
  t.match(
    signedIn.cookies.find(({ name }) => name === 'leadlog-session'),
    { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: 604_800 }
  )
  t.match((await browser.get('/v1/me')).body, { actor: /^user:/, reads: 'all', user: { email: ADA } })
  t.match(await browser.post('/v1/sign-in/confirm', { link }), { status: 401, body: { code: 'LINK_INVALID' } })
})

void t.test('whether an address is known cannot be told from the answer', async (t) => {
  const { gateway, asked } = await linkFor(t)
  const stranger = await gateway.browser().post('/v1/sign-in', { email: 'nobody@leadlog.example' })
  await gateway.access.signIn.close()
  t.same([stranger.status, stranger.body], [asked.status, asked.body])
  t.same(
    stranger.cookies.map(({ name }) => name),
    asked.cookies.map(({ name }) => name)
  )
  t.equal(gateway.mails.length, 1)
})

void t.test('a link is worth nothing elsewhere, too late, or to who was disabled', async (t) => {
  const { gateway, browser, link } = await linkFor(t)
  t.match(await gateway.browser().post('/v1/sign-in/confirm', { link }), {
    status: 401,
    body: { code: 'LINK_OF_OTHER_BROWSER' }
  })
  gateway.clock.advance(15 * 60_000 - 1)
  t.equal((await browser.post('/v1/sign-in/confirm', { link })).status, 200, 'to the last moment')

  const late = await linkFor(t, gateway)
  gateway.clock.advance(15 * 60_000)
  t.match(await late.browser.post('/v1/sign-in/confirm', { link: late.link }), { body: { code: 'LINK_INVALID' } })

  const disabled = await linkFor(t, gateway)
  const id = gateway.access.users.idOf(ADA)
  await gateway.access.users.run(id, { do: 'disable', by: null }, { actor: 'service:gateway', requestId: 'r-disable' })
  t.match(await disabled.browser.post('/v1/sign-in/confirm', { link: disabled.link }), {
    status: 401,
    body: { code: 'LINK_INVALID' }
  })
})

void t.test('signing in makes a new secret, whatever the browser brought along', async (t) => {
  const { browser, link } = await linkFor(t)
  const planted = 'A'.repeat(43)
  browser.cookies.set('leadlog-session', planted)
  await browser.post('/v1/sign-in/confirm', { link })
  const secret = browser.cookies.get('leadlog-session')
  t.not(secret, planted)
  t.match(secret, /^[\w-]{43}$/)
})

void t.test('sessions are listed, ended one by one or all, and end by themselves after seven idle days', async (t) => {
  const gateway = await testGateway(t)
  const [first, second, third] = [
    await gateway.signedIn(ADA, 'user'),
    await gateway.signedIn(ADA, 'user'),
    await gateway.signedIn(ADA, 'user')
  ]
  const list = (await first.get('/v1/me/sessions')).body as { data: { id: string; current: boolean; device: string }[] }
  t.equal(list.data.length, 3)
  t.equal(list.data.filter(({ current }) => current).length, 1)
  const others = list.data.filter(({ current }) => !current)
  t.equal((await first.request('DELETE', `/v1/me/sessions/${others[0]?.id ?? ''}`)).status, 204)
  const alive = await Promise.all([second, third].map((browser) => browser.get('/v1/me')))
  t.same(alive.map(({ status }) => status).toSorted(), [200, 401])

  gateway.clock.advance(6 * 86_400_000)
  const prolonged = await first.get('/v1/me')
  t.equal(prolonged.status, 200)
  t.match(prolonged.cookies, [{ name: 'leadlog-session', maxAge: 604_800 }], 'the cookie lives on too')
  gateway.clock.advance(6 * 86_400_000)
  t.equal((await first.get('/v1/me')).status, 200, 'used in between')
  gateway.clock.advance(7 * 86_400_000)
  t.equal((await first.get('/v1/me')).status, 401)

  const [here, there] = [await gateway.signedIn(ADA, 'user'), await gateway.signedIn(ADA, 'user')]
  t.equal((await here.post('/v1/sign-out')).status, 204)
  t.equal((await here.get('/v1/me')).status, 401)
  t.equal((await there.request('DELETE', '/v1/me/sessions')).status, 204)
  t.equal((await there.get('/v1/me')).status, 401)
})

void t.test('behind https the cookies are bound to the host', async (t) => {
  const gateway = await testGateway(t, { publicUrl: 'https://leadlog.example' })
  await gateway.signedIn(ADA, 'user')
  const answer = await gateway
    .browser()
    .request('POST', '/v1/sign-in', { email: ADA }, { origin: 'https://leadlog.example' })
  t.match(answer.cookies, [{ name: '__Host-leadlog-browser', secure: true, httpOnly: true, path: '/' }])
  t.match(answer.headers, { 'strict-transport-security': /max-age=31536000/ })
})
