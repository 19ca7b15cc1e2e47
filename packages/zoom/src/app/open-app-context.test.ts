import fc from 'fast-check'
import { PermanentError } from '@leadlog/contracts'
import { sealZoomAppContext } from '@leadlog/simulators'
import t from 'tap'
import { openAppContext } from './open-app-context.ts'

/** A context as Zoom's client would send it, with the iv 00 to 0b. */
const VECTOR =
  'DAABAgMEBQYHCAkKCwAAwAAAAFoB8Yg1Hk3KCxyrFFVt9xyNbtylnUm63+kBbsw1KH/CUkvJJoGF3qGGrOJNtLFBHbcMPDjes5bjiHNxTQennzouyO9kw1gt9e/SeR/csUHoSckpW2znGHNvL/dLNPhNaydYqWBI5zJHEKbrmzNOoSImGlh/qwS+Lc51Kz1wKdBLIXOArCloiJJYtVKXJAeNJrwKCW+Sh0CFQf4MuVJurg/jSFoQFyZkHmOtaRZZH8HKB4EJH+WeVUrn/zhp7IMeMo3AI+rlNYZPwfXVsDZxLJs='
const SECRET = 'zoom_client_secret_0001'
const ISSUED = 1_795_017_605_000
const CLAIMS = {
  typ: 'meeting',
  uid: 'z8yCxTTTTKWIFKy9d3VA',
  aud: 'FICTIONALCLIENTID',
  iss: 'marketplace.zoom.us',
  ts: ISSUED,
  exp: ISSUED + 120_000,
  mid: '4nR0i/L9Q2mfrfXtEWMnGA==',
  attendrole: 'host'
}
const OPTIONS = { clientId: CLAIMS.aud, clientSecret: SECRET, now: new Date(ISSUED + 1_000) }

const sealed = (claims: unknown, how: Parameters<typeof sealZoomAppContext>[2] = {}): string =>
  sealZoomAppContext(claims, SECRET, how)

function codeOf(text: string, options: Partial<typeof OPTIONS> = {}): string {
  try {
    openAppContext(text, { ...OPTIONS, ...options })
    return 'taken'
  } catch (error) {
    return error instanceof PermanentError ? error.code : String(error)
  }
}

void t.test('the vector opens, in either alphabet of base64', async (t) => {
  const expected = {
    type: 'meeting',
    userId: 'z8yCxTTTTKWIFKy9d3VA',
    meetingUuid: '4nR0i/L9Q2mfrfXtEWMnGA==',
    role: 'host',
    issuedAt: new Date(ISSUED),
    expiresAt: new Date(ISSUED + 120_000)
  }
  t.same(openAppContext(VECTOR, OPTIONS), expected)
  const urlSafe = VECTOR.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  t.not(urlSafe, VECTOR)
  t.same(openAppContext(urlSafe, OPTIONS), expected)
  t.same(openAppContext(sealed(CLAIMS, { aad: 'authenticated with it' }), OPTIONS), expected)
})

void t.test('outside of a meeting there is none', async (t) => {
  const { mid: _mid, attendrole: _role, ...rest } = CLAIMS
  t.match(openAppContext(sealed({ ...rest, typ: 'panel' }), OPTIONS), { type: 'panel', meetingUuid: null, role: null })
  t.match(openAppContext(sealed({ ...CLAIMS, mid: '' }), OPTIONS), { meetingUuid: null })
})

void t.test('each refusal has a code of its own', async (t) => {
  t.equal(codeOf(VECTOR, { clientSecret: 'another' }), 'ZOOM_CONTEXT_TAMPERED')
  t.equal(codeOf(VECTOR, { clientId: 'another' }), 'ZOOM_CONTEXT_FOREIGN')
  t.equal(codeOf(VECTOR, { now: new Date(CLAIMS.exp - 1) }), 'taken')
  t.equal(codeOf(VECTOR, { now: new Date(CLAIMS.exp) }), 'ZOOM_CONTEXT_EXPIRED')
  t.equal(codeOf(VECTOR, { now: new Date(ISSUED - 60_000) }), 'taken', 'clocks differ a little')
  t.equal(codeOf(VECTOR, { now: new Date(ISSUED - 60_001) }), 'ZOOM_CONTEXT_FUTURE')
  for (const text of ['', 'no base64!', `${VECTOR}\n`, `${VECTOR} `, 'DAAB', 'A'.repeat(8_193)])
    t.equal(codeOf(text), 'ZOOM_CONTEXT_MALFORMED', text.slice(0, 20))
  t.equal(codeOf(sealed(CLAIMS, { ivLength: 16 })), 'ZOOM_CONTEXT_MALFORMED', 'another iv than GCM is meant for')
})

void t.test('claims of another type are refused, whoever sealed them', async (t) => {
  const without = (name: string) => Object.fromEntries(Object.entries(CLAIMS).filter(([key]) => key !== name))
  for (const claims of [
    'no JSON',
    'null',
    '[]',
    '"text"',
    ...['typ', 'uid', 'ts', 'exp', 'aud'].map(without),
    { ...CLAIMS, uid: 7 },
    { ...CLAIMS, uid: '' },
    { ...CLAIMS, aud: ['FICTIONALCLIENTID'] },
    { ...CLAIMS, ts: String(ISSUED) },
    { ...CLAIMS, exp: String(CLAIMS.exp) },
    { ...CLAIMS, exp: 1.5 },
    { ...CLAIMS, exp: 1e300 },
    { ...CLAIMS, exp: null },
    { ...CLAIMS, mid: { $ne: '' } },
    { ...CLAIMS, attendrole: 1 }
  ])
    t.equal(codeOf(sealed(claims)), 'ZOOM_CONTEXT_INVALID', JSON.stringify(claims))
})

void t.test('a context that is cut off anywhere is refused', async (t) => {
  const bytes = Buffer.from(VECTOR, 'base64')
  for (let length = 0; length < bytes.length; length += 1)
    t.equal(codeOf(bytes.subarray(0, length).toString('base64')), 'ZOOM_CONTEXT_MALFORMED', String(length))
  t.equal(codeOf(Buffer.concat([bytes, Buffer.from([0])]).toString('base64')), 'ZOOM_CONTEXT_MALFORMED', 'and more')
})

void t.test('whichever bytes are changed, nothing opens and nothing but a refusal is thrown', async () => {
  const bytes = Buffer.from(VECTOR, 'base64')
  const change = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }))
  fc.assert(
    fc.property(fc.uniqueArray(change, { minLength: 1, maxLength: 6, selector: ([at]) => at }), (changes) => {
      const changed = Buffer.from(bytes)
      for (const [at, by] of changes) changed.writeUInt8(changed.readUInt8(at) ^ by, at)
      return ['ZOOM_CONTEXT_TAMPERED', 'ZOOM_CONTEXT_MALFORMED'].includes(codeOf(changed.toString('base64')))
    })
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (any) =>
      ['ZOOM_CONTEXT_TAMPERED', 'ZOOM_CONTEXT_MALFORMED'].includes(codeOf(Buffer.from(any).toString('base64url')))
    )
  )
})

void t.test('a refusal says nothing of what is in the context', async (t) => {
  for (const [text, now] of [
    [VECTOR, new Date(CLAIMS.exp)],
    [sealed({ ...CLAIMS, uid: 7 }), OPTIONS.now]
  ] as const) {
    try {
      openAppContext(text, { ...OPTIONS, now })
      t.fail('taken')
    } catch (error) {
      t.notMatch(String(error), /z8yC|4nR0|FICTIONAL/)
    }
  }
})
