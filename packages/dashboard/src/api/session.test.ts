import t from 'tap'
import { currentKey, findSession, forgetSignIn, signedInNow, signInWithKey, signOut, whenSignedOut } from './session.ts'

const ME = { actor: 'user:a', scopes: ['read'], reads: 'own', user: { id: 'a', email: 'a@own.example' } }
const kept = new Map<string, string>()
Object.assign(globalThis, {
  sessionStorage: {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name)
  }
})

/** What the gateway answers from now on; an error where it is not there. */
function gatewayAnswers(status: number | Error, body: object = {}): string[] {
  const asked: string[] = []
  globalThis.fetch = (address, init) => {
    asked.push(`${init?.method ?? 'GET'} ${typeof address === 'string' ? address : ''}`)
    if (status instanceof Error) return Promise.reject(status)
    return Promise.resolve(new Response(status === 204 ? null : JSON.stringify(body), { status }))
  }
  return asked
}

void t.test('only a 401 means that nobody is signed in', async (t) => {
  for (const [status, code] of [
    [500, 'INTERNAL'],
    [503, 'DATABASE_AWAY'],
    [429, 'RATE_LIMIT_EXCEEDED']
  ] as const) {
    gatewayAnswers(status, { code, detail: 'in words' })
    await findSession()
    t.match(signedInNow(), { state: 'unclear', problem: { status, code, message: 'in words' } }, code)
  }
  gatewayAnswers(new TypeError('no route'))
  await findSession()
  t.match(signedInNow(), { state: 'unclear', problem: { status: 0, code: 'GATEWAY_UNREACHABLE' } })
  gatewayAnswers(401)
  await findSession()
  t.same(signedInNow(), { state: 'no', ended: false })
})

void t.test(
  'who is known stays known while the gateway cannot say, and is told when they were signed out',
  async (t) => {
    gatewayAnswers(200, ME)
    await findSession()
    t.match(signedInNow(), { state: 'yes', me: ME })
    gatewayAnswers(503)
    await findSession()
    t.match(signedInNow(), { state: 'yes' })
    gatewayAnswers(401)
    await findSession()
    t.same(signedInNow(), { state: 'no', ended: true })
  }
)

void t.test('signing out that fails leaves one signed in, and says so', async (t) => {
  gatewayAnswers(200, ME)
  await findSession()
  let told = 0
  t.teardown(whenSignedOut(() => (told += 1)))
  gatewayAnswers(503, { code: 'TEMPORARILY_UNAVAILABLE', detail: 'try again' })
  await t.rejects(signOut(), { message: 'try again' })
  t.match([signedInNow().state, told], ['yes', 0])
  const asked = gatewayAnswers(204)
  await signOut()
  t.same([signedInNow(), told, asked], [{ state: 'no', ended: false }, 1, ['POST /v1/sign-out']])
})

void t.test('what was read for one is dropped when another comes', async (t) => {
  let told = 0
  t.teardown(whenSignedOut(() => (told += 1)))
  gatewayAnswers(200, ME)
  await findSession()
  await findSession()
  t.equal(told, 0)
  gatewayAnswers(200, { ...ME, actor: 'user:b' })
  await findSession()
  t.equal(told, 1)
  forgetSignIn()
  t.equal(told, 2)
})

void t.test('a key is kept only when the gateway knows it', async (t) => {
  gatewayAnswers(401)
  await t.rejects(signInWithKey('wrong'), { message: /not valid/ })
  t.equal(currentKey(), null)
  gatewayAnswers(503, { code: 'TEMPORARILY_UNAVAILABLE', detail: 'try again' })
  await t.rejects(signInWithKey('right'), { message: 'try again' })
  t.equal(currentKey(), null)
  const asked = gatewayAnswers(200, { ...ME, user: null })
  await signInWithKey('right')
  t.equal(currentKey(), 'right')
  await signOut()
  t.same([currentKey(), asked], [null, ['GET /v1/me']], 'a key has no session to end')
})
