import t from 'tap'
import { API_KEY, testGateway } from '../fixtures/test-gateway.ts'

const ADA = 'ada@leadlog.example'
const BOB = 'bob@leadlog.example'

void t.test('an admin invites, changes and disables; it holds for the next request', async (t) => {
  const gateway = await testGateway(t)
  const ada = await gateway.signedIn(ADA, 'admin')
  const invited = await ada.post('/v1/users', { email: ` ${BOB}`.trim(), name: 'Bob', role: 'user' })
  const { id, after } = invited.body as { id: string; after: number }
  t.equal(invited.status, 201)
  t.match((await ada.get(`/v1/users?after=${String(after)}`)).body, {
    data: [
      { email: ADA, role: 'admin', secondFactor: false, lastSeenAt: /^2026-/ },
      { email: BOB, name: 'Bob', role: 'user', disabled: false, lastSeenAt: null }
    ]
  })
  t.match(await ada.post('/v1/users', { email: BOB.toUpperCase(), role: 'admin' }), {
    status: 409,
    body: { code: 'USER_KNOWN' }
  })
  const bob = await gateway.signedIn(BOB, 'user')
  t.equal((await bob.get('/v1/events')).status, 403)
  t.equal((await ada.request('PATCH', `/v1/users/${id}`, { role: 'manager' })).status, 200)
  t.equal((await bob.get('/v1/events')).status, 200, 'the same session, more rights')
  t.equal((await ada.request('PATCH', `/v1/users/${id}`, { role: 'user' })).status, 200)
  t.equal((await bob.get('/v1/events')).status, 403, 'and less again')
  t.equal((await ada.request('PATCH', `/v1/users/${id}`, { disabled: true })).status, 200)
  t.equal((await bob.get('/v1/me')).status, 401)
  t.equal((await ada.request('PATCH', `/v1/users/${id}`, { disabled: false })).status, 200)
  t.equal((await bob.get('/v1/me')).status, 401, 'old sessions do not come back')
})

void t.test('nobody raises themselves, and no admin locks themselves out', async (t) => {
  const gateway = await testGateway(t)
  const ada = await gateway.signedIn(ADA, 'admin')
  const bob = await gateway.signedIn(BOB, 'manager')
  const [adaId, bobId] = [ADA, BOB].map((email) => gateway.access.users.idOf(email))
  t.equal((await bob.request('PATCH', `/v1/users/${bobId ?? ''}`, { role: 'admin' })).status, 403)
  for (const change of [{ role: 'user' }, { disabled: true }])
    t.match(await ada.request('PATCH', `/v1/users/${adaId ?? ''}`, change), {
      status: 409,
      body: { code: 'USER_IS_YOU' }
    })
  for (const body of [{}, { role: 'root' }, { role: 'user', id: 'x' }, { email: 'x@y.example' }])
    t.equal((await ada.request('PATCH', `/v1/users/${bobId ?? ''}`, body)).status, 400, JSON.stringify(body))
  t.match(await ada.request('PATCH', '/v1/users/nobody', { role: 'user' }), {
    status: 404,
    body: { code: 'USER_UNKNOWN' }
  })
})

void t.test('the security log tells who did what to whom, from where, to admins only', async (t) => {
  const gateway = await testGateway(t)
  const ada = await gateway.signedIn(ADA, 'admin')
  gateway.clock.advance(1_000)
  await ada.post('/v1/users', { email: BOB, role: 'manager' })
  const after = String(await gateway.log.lastSequence('EVENTS'))
  const { body } = await ada.get(`/v1/security-log?sort=at&after=${after}`)
  t.match(body, {
    data: [
      { text: 'was invited as admin', email: ADA, actor: 'service:gateway' },
      { text: 'signed in by a mailed link', email: ADA, address: '127.0.0.1', device: 'Firefox on Linux' },
      { text: 'was invited as manager', email: BOB, actor: `user:${gateway.access.users.idOf(ADA)}` }
    ]
  })
  t.equal((await (await gateway.signedIn(BOB, 'manager')).get('/v1/security-log')).status, 403)
  t.equal((await gateway.get('/v1/security-log', { authorization: `Bearer ${API_KEY}` })).status, 200)
})
