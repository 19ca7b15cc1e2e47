import t from 'tap'
import { testGateway, type TestGateway } from '../fixtures/test-gateway.ts'

interface Issued {
  readonly id: string
  readonly key: string
}

async function issue(gateway: TestGateway, scopes: string[], expiresInDays: number | null = null): Promise<Issued> {
  const { status, body } = await gateway.post('/v1/api-keys', { name: 'a program', scopes, expiresInDays })
  t.equal(status, 201)
  return body as Issued
}

const as = ({ key }: Issued) => ({ authorization: `Bearer ${key}` })

void t.test('a key does what its scopes say, is shown once, and kept as a digest', async (t) => {
  const gateway = await testGateway(t)
  const reader = await issue(gateway, ['read'])
  t.match(reader.key, /^ll_[a-z0-9]{16}_[\w-]{43}$/)
  t.match((await gateway.get('/v1/me', as(reader))).body, {
    actor: `api-key:${reader.id}`,
    scopes: ['read'],
    user: null
  })
  t.equal((await gateway.get('/v1/leads', as(reader))).status, 200)
  t.equal((await gateway.get('/v1/users', as(reader))).status, 403)
  const command = { 'idempotency-key': 'k' }
  t.match(await gateway.post('/v1/commands/crm/CaptureLead', {}, { ...as(reader), ...command }), { status: 403 })
  const sender = await issue(gateway, ['command:crm-sync'])
  t.match(await gateway.post('/v1/commands/crm/CaptureLead', {}, { ...as(sender), ...command }), {
    status: 403,
    body: { code: 'COMMANDS_NOT_ALLOWED' }
  })
  t.equal((await gateway.get('/v1/leads', as(sender))).status, 403, 'sending is not reading')
  const admin = await issue(gateway, ['admin'])
  t.equal((await gateway.get('/v1/users', as(admin))).status, 200)
  t.match(await gateway.post('/v1/api-keys', { name: 'x', scopes: ['all'], expiresInDays: null }), {
    status: 400,
    body: { code: 'SCOPE_UNKNOWN' }
  })
  const secret = reader.key.slice(-43)
  const kept = JSON.stringify([
    (await gateway.get('/v1/api-keys')).body,
    (await gateway.get('/v1/events?limit=200')).body
  ])
  t.notMatch(kept, secret)
})

void t.test('a key ends when it expires or is revoked; a changed one never opens', async (t) => {
  const gateway = await testGateway(t)
  const short = await issue(gateway, ['read'], 1)
  const other = await issue(gateway, ['read'])
  const last = short.key.at(-1) === 'A' ? 'B' : 'A'
  for (const wrong of [
    short.key.slice(0, -1) + last,
    `ll_${short.id}_${other.key.slice(-43)}`,
    `ll_${'a'.repeat(16)}_${'b'.repeat(43)}`,
    short.key.toUpperCase()
  ])
    t.match(await gateway.get('/v1/me', { authorization: `Bearer ${wrong}` }), {
      status: 401,
      body: { code: 'API_KEY_WRONG' }
    })
  gateway.clock.advance(86_400_000 - 1)
  t.equal((await gateway.get('/v1/me', as(short))).status, 200)
  gateway.clock.advance(1)
  t.equal((await gateway.get('/v1/me', as(short))).status, 401)
  const after = String(await gateway.log.lastSequence('EVENTS'))
  await gateway.get(`/v1/leads?after=${after}`)
  const list = (await gateway.get('/v1/api-keys')).body as { data: { id: string; lastUsedAt: string | null }[] }
  t.match(
    list.data.find(({ id }) => id === short.id),
    { lastUsedAt: '2026-11-19T11:59:59.999Z' }
  )
  const revoked = await gateway.app.inject({
    method: 'DELETE',
    path: `/v1/api-keys/${other.id}`,
    headers: { authorization: 'Bearer test-key' }
  })
  t.equal(revoked.statusCode, 204)
  t.equal((await gateway.get('/v1/me', as(other))).status, 401)
})
