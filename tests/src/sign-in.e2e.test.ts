import { freePort } from '@leadlog/local/servers'
import { eventually } from '@leadlog/testing'
import t from 'tap'
import { startTestSystem, type TestSystem } from './system/test-system.ts'

const NOOR = 'noor.haddad@leadlog.example'

/** Keeps cookies, as a browser does. */
function browserOf({ gatewayUrl }: TestSystem) {
  const cookies = new Map<string, string>()
  return async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${gatewayUrl}${path}`, {
      method,
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'x-leadlog-csrf': '1',
        ...(body === undefined ? {} : { 'content-type': 'application/json' })
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.split(';')[0]?.split('=') ?? []
      cookies.set(name, value)
    }
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? null : (JSON.parse(text) as unknown) }
  }
}

void t.test('a mailed link signs in, the session outlives the process, and the log tells of it', async (t) => {
  const mailPort = String(await freePort())
  const system = await startTestSystem({
    environment: {
      SIMULATORS_SMTP_PORT: mailPort,
      SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
      ACCESS_USERS: `user:${NOOR}`
    }
  })
  t.teardown(() => system.stop())
  const browser = browserOf(system)
  t.equal((await browser('POST', '/v1/sign-in', { email: NOOR })).status, 202)
  const mails = async () => ((await system.control('GET', `mails?to=${NOOR}`)) as { data: { text: string }[] }).data
  await eventually(async () => (await mails()).length === 1)
  const link = /\/sign-in#([\w-]{43})/.exec((await mails())[0]?.text ?? '')?.[1]
  t.match(await browser('POST', '/v1/sign-in/confirm', { link }), { status: 200, body: { state: 'signed-in' } })

  const gateway = system.killable.find(({ name }) => name === 'gateway')
  await gateway?.kill()
  await gateway?.restart()
  t.match(await browser('GET', '/v1/me'), { status: 200, body: { reads: 'own', user: { email: NOOR, role: 'user' } } })
  t.match(await browser('GET', '/v1/leads'), { status: 200, body: { data: [] } })
  t.match(await browser('GET', '/v1/events'), { status: 403, body: { code: 'NOT_ALLOWED' } })
  t.equal((await browser('POST', '/v1/sign-out')).status, 204)
  t.equal((await browser('GET', '/v1/me')).status, 401)

  const told = async (): Promise<string[]> => {
    const { data } = (await system.read('/v1/events?limit=200&sort=time')) as { data: { type: string }[] }
    return data.map(({ type }) => type).filter((type) => type.startsWith('access.'))
  }
  await eventually(async () => (await told()).includes('access.SessionEnded.v1'))
  t.same(await told(), [
    'access.UserInvited.v1',
    'access.SignInLinkSent.v1',
    'access.SignedIn.v1',
    'access.SessionEnded.v1'
  ])
  t.notMatch(
    JSON.stringify(system.logs()),
    new RegExp(`${NOOR}|${link ?? 'none'}`),
    'no log names the person or the link'
  )
})
