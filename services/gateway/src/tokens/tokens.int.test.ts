import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, SignJWT, type JWK } from 'jose'
import t from 'tap'
import { testGateway, type TestGateway } from '../fixtures/test-gateway.ts'
import { SIGNS_FOR_MS, TOKEN_TTL_MS } from './signing-keys.ts'

const ISSUER = 'http://localhost'

async function tokenOf(gateway: TestGateway, body: object = {}) {
  const issued = await gateway.post('/v1/api-keys', {
    name: 'a program',
    scopes: ['read', 'personal'],
    expiresInDays: null
  })
  const { id, key } = issued.body as { id: string; key: string }
  const headers = { authorization: `Bearer ${key}` }
  const answer = await gateway.post('/v1/tokens', body, headers)
  return { id, key, headers, answer, token: (answer.body as { token: string }).token }
}

const me = (gateway: TestGateway, token: string) => gateway.get('/v1/me', { authorization: `Bearer ${token}` })

async function jwks(gateway: TestGateway): Promise<JWK[]> {
  return (await gateway.app.inject('/.well-known/jwks.json')).json<{ keys: JWK[] }>().keys
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

void t.test('a key gets a token for an hour that may as much, or less', async (t) => {
  const gateway = await testGateway(t)
  const { id, token } = await tokenOf(gateway)
  t.match(await me(gateway, token), { status: 200, body: { actor: `api-key:${id}`, scopes: ['read', 'personal'] } })
  t.match(decodeProtectedHeader(token), { alg: 'RS256', typ: 'at+jwt', kid: (await jwks(gateway))[0]?.kid })
  t.match(decodeJwt(token), { iss: ISSUER, aud: ISSUER, sub: id, scope: 'read personal' })
  const less = await tokenOf(gateway, { scopes: ['read'] })
  t.match((await me(gateway, less.token)).body, { scopes: ['read'] })
  t.match((await tokenOf(gateway, { scopes: ['admin'] })).answer, { status: 403, body: { code: 'SCOPE_NOT_ALLOWED' } })
  const again = await gateway.post('/v1/tokens', {}, { authorization: `Bearer ${token}` })
  t.match(again, { status: 403, body: { code: 'TOKEN_NEEDS_KEY' } }, 'a token makes no tokens')
  gateway.clock.advance(TOKEN_TTL_MS - 1_000)
  t.equal((await me(gateway, token)).status, 200)
  gateway.clock.advance(10_000)
  t.equal((await me(gateway, token)).status, 401)
})

void t.test('with its key a token ends too', async (t) => {
  const gateway = await testGateway(t)
  const { id, token } = await tokenOf(gateway)
  const headers = { authorization: 'Bearer test-key' }
  await gateway.app.inject({ method: 'DELETE', path: `/v1/api-keys/${id}`, headers })
  t.equal((await me(gateway, token)).status, 401)
})

void t.test('forged tokens open nothing', async (t) => {
  const gateway = await testGateway(t)
  const { token } = await tokenOf(gateway)
  const [jwk] = await jwks(gateway)
  if (!jwk) throw new Error('there is a key')
  const header = decodeProtectedHeader(token)
  const claims = decodeJwt(token)
  const [, body = '', signature = ''] = token.split('.')
  const mine = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
  const hmac = (head: object, secret: string | Buffer) => {
    const input = `${encoded(head)}.${body}`
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
  }
  const rsa = (head: object, data: object = claims) => {
    const input = `${encoded(head)}.${encoded(data)}`
    return `${input}.${sign('sha256', Buffer.from(input), mine.privateKey).toString('base64url')}`
  }
  const own = { ...mine.publicKey.export({ format: 'jwk' }), kid: 'mine', alg: 'RS256' }
  const cases: Record<string, string> = {
    'alg none': `${encoded({ ...header, alg: 'none' })}.${body}.`,
    'alg none, with the signature': `${encoded({ ...header, alg: 'nOnE' })}.${body}.${signature}`,
    'HS256 with the public key as PEM': hmac({ ...header, alg: 'HS256' }, pem),
    'HS256 with the public key as JWK': hmac({ ...header, alg: 'HS256' }, JSON.stringify(jwk)),
    'HS256 with an empty key': hmac({ ...header, alg: 'HS256' }, ''),
    'another key under our kid': rsa(header),
    'another kid': rsa({ ...header, kid: 'mine' }),
    'a kid that is a path': hmac({ ...header, alg: 'HS256', kid: '../../dev/null' }, ''),
    'a kid that is SQL': rsa({ ...header, kid: "' or true --" }),
    'a key in the header': rsa({ ...header, kid: 'mine', jwk: own }),
    'a key behind a URL': rsa({
      ...header,
      kid: 'mine',
      jku: 'https://evil.example/jwks.json',
      x5u: 'https://evil.example'
    }),
    'without a kid': rsa({ alg: 'RS256', typ: 'at+jwt' }),
    'critical extensions': rsa({ ...header, crit: ['b64'], b64: false }),
    'claims changed': `${encoded(header)}.${encoded({ ...claims, scope: 'read admin' })}.${signature}`,
    'no signature': `${encoded(header)}.${body}.`
  }
  for (const [what, forged] of Object.entries(cases)) t.equal((await me(gateway, forged)).status, 401, what)
  t.equal((await me(gateway, token)).status, 200, 'the true one is good')
})

void t.test('our own signature on the wrong claims opens nothing', async (t) => {
  const gateway = await testGateway(t)
  const { id, token } = await tokenOf(gateway)
  const { kid, privateKey } = await gateway.access.signingKeys.current()
  const good = decodeJwt(token)
  const signed = (claims: Record<string, unknown>, typ = 'at+jwt') =>
    new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg: 'RS256', kid, typ }).sign(privateKey)
  const now = Math.floor(gateway.clock.now().getTime() / 1000)
  t.equal((await me(gateway, await signed({}))).status, 200, 'the test itself signs rightly')
  for (const [what, claims] of Object.entries({
    'other issuer': { iss: 'https://evil.example' },
    'other audience': { aud: 'https://other.example' },
    'no audience': { aud: undefined },
    'no end': { exp: undefined },
    'an end too far': { iat: now - 7_200, exp: now + 86_400 },
    'not yet': { nbf: now + 600 },
    'another subject': { sub: 'default' },
    'no scope': { scope: undefined },
    'a scope that is no text': { scope: ['admin'] }
  }))
    t.equal((await me(gateway, await signed(claims))).status, 401, what)
  t.equal((await me(gateway, await signed({}, 'JWT'))).status, 401, 'another type')
  const more = await me(gateway, await signed({ sub: id, scope: 'read admin' }))
  t.match(more.body, { scopes: ['read'] }, 'never more than the key may')
})

void t.test('keys rotate by themselves and by hand; tokens of the one before stay good until they end', async (t) => {
  const gateway = await testGateway(t)
  const before = await tokenOf(gateway)
  const first = (await jwks(gateway)).map(({ kid }) => kid)
  t.equal(first.length, 1)
  t.equal((await gateway.post('/v1/signing-keys', {})).status, 201)
  const both = (await jwks(gateway)).map(({ kid }) => kid)
  t.equal(both.length, 2)
  t.equal(both[0], first[0])
  t.equal((await me(gateway, before.token)).status, 200)
  t.equal(decodeProtectedHeader((await tokenOf(gateway)).token).kid, both[1])
  gateway.clock.advance(TOKEN_TTL_MS + 6 * 60_000)
  t.same(
    (await jwks(gateway)).map(({ kid }) => kid),
    [both[1]],
    'the old one is gone once it can have signed nothing good'
  )
  gateway.clock.advance(SIGNS_FOR_MS)
  const later = await tokenOf(gateway)
  t.not(decodeProtectedHeader(later.token).kid, both[1])
  t.notMatch(JSON.stringify((await gateway.get('/v1/events?limit=200')).body), /PRIVATE KEY/)
  t.notOk(
    (await jwks(gateway)).some((key) => 'd' in key || 'p' in key),
    'nothing private is published'
  )
})
