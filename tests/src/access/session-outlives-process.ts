import { eventually } from '@leadlog/testing'
import type { Checks } from '../dashboard/flow.ts'
import { PEOPLE } from '../dashboard/people.ts'
import type { TestSystem } from '../system/test-system.ts'

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

/** A mailed link signs in, the session outlives the gateway's process, and the log tells of it. Nobody signed in before. */
export async function sessionOutlivesProcess(t: Checks, system: TestSystem): Promise<void> {
  const browser = browserOf(system)
  t.equal((await browser('POST', '/v1/sign-in', { email: PEOPLE.user })).status, 202)
  const mails = async () =>
    ((await system.control('GET', `mails?to=${PEOPLE.user}`)) as { data: { text: string }[] }).data
  await eventually(async () => (await mails()).length === 1)
  const link = /\/sign-in#([\w-]{43})/.exec((await mails())[0]?.text ?? '')?.[1]
  t.match(await browser('POST', '/v1/sign-in/confirm', { link }), { status: 200, body: { state: 'signed-in' } })

  const gateway = system.killable.find(({ name }) => name === 'gateway')
  await gateway?.kill()
  await gateway?.restart()
  t.match(await browser('GET', '/v1/me'), {
    status: 200,
    body: { reads: 'own', user: { email: PEOPLE.user, role: 'user' } }
  })
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
    ...Object.keys(PEOPLE).map(() => 'access.UserInvited.v1'),
    'access.SignInLinkSent.v1',
    'access.SignedIn.v1',
    'access.SessionEnded.v1'
  ])
  t.notMatch(
    JSON.stringify(system.logs()),
    new RegExp(`${PEOPLE.user}|${link ?? 'none'}`),
    'no log names the person or the link'
  )
}
