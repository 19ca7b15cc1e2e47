import { ApiProblem } from '@leadlog/dashboard/api/problem.ts'
import t from 'tap'
import { createPanelSession } from './panel-session.ts'

type Asked = { address: string; context: string | null; authorization: string | null; method: string }

/** A gateway in place of the network. */
function gateway(
  t: { teardown(end: () => void): void },
  answer: (asked: Asked) => [status: number, body: object] | 'lost'
) {
  const asked: Asked[] = []
  const before = globalThis.fetch
  t.teardown(() => void (globalThis.fetch = before))
  globalThis.fetch = (async (address: string, init: RequestInit = {}) => {
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as { context?: string }) : {}
    const headers = new Headers(init.headers)
    const one = {
      address,
      context: body.context ?? null,
      authorization: headers.get('authorization'),
      method: init.method ?? 'GET'
    }
    asked.push(one)
    const given = answer(one)
    if (given === 'lost') throw new TypeError('fetch failed')
    return new Response(JSON.stringify(given[1]), { status: given[0] })
  }) as typeof fetch
  return asked
}

const zoomWith = (...contexts: (string | null)[]) => ({ context: async () => contexts.shift() ?? null })
const EXCHANGE = '/v1/panel/sessions'

void t.test('the context of the page is exchanged once, for all that ask at the same time', async (t) => {
  const asked = gateway(t, ({ address }) => [200, address === EXCHANGE ? { token: 'one' } : { ok: true }])
  const session = createPanelSession(zoomWith(), 'of the page')
  t.same(await Promise.all([session.ask('/v1/panel'), session.ask('/v1/panel/meetings')]), [{ ok: true }, { ok: true }])
  t.match(asked, [
    { address: EXCHANGE, context: 'of the page' },
    { authorization: 'Bearer one' },
    { authorization: 'Bearer one' }
  ])
})

void t.test('a late one gives way to a fresh one of Zoom’s client', async (t) => {
  const asked = gateway(t, ({ address, context }) => {
    if (address !== EXCHANGE) return [200, {}]
    return context === 'late' ? [401, { code: 'ZOOM_CONTEXT_EXPIRED' }] : [200, { token: 'two' }]
  })
  await createPanelSession(zoomWith('fresh'), 'late').ask('/v1/panel')
  t.same(
    asked.map(({ context }) => context),
    ['late', 'fresh', null]
  )
})

void t.test('a session that has ended is begun anew, once', async (t) => {
  let tokens = 0
  const asked = gateway(t, ({ address, authorization }) => {
    if (address === EXCHANGE) return [200, { token: `token-${String((tokens += 1))}` }]
    return authorization === 'Bearer token-2' ? [200, { ok: true }] : [401, { code: 'API_KEY_WRONG' }]
  })
  const session = createPanelSession(zoomWith('fresh', 'fresher', 'freshest'), 'of the page')
  t.same(await session.ask('/v1/panel/x', { body: { text: 'note' }, idempotencyKey: 'key' }), { ok: true })
  t.same(
    asked.filter(({ address }) => address === EXCHANGE).map(({ context }) => context),
    ['of the page', 'fresh']
  )
  session.forget()
  await t.rejects(session.ask('/v1/panel'), { status: 401, code: 'API_KEY_WRONG' }, 'and then it is told')
})

void t.test('who is not let in hears why; a lost connection uses no context up', async (t) => {
  let answer: ReturnType<Parameters<typeof gateway>[1]> = 'lost'
  const asked = gateway(t, ({ address }) => (address === EXCHANGE ? answer : [200, {}]))
  const session = createPanelSession(zoomWith(), 'of the page')
  await t.rejects(session.ask('/v1/panel'), { code: 'GATEWAY_UNREACHABLE' })
  answer = [200, { token: 'one' }]
  t.same(await session.ask('/v1/panel'), {})
  t.same(
    asked.map(({ context }) => context),
    ['of the page', 'of the page', null]
  )
  answer = [403, { code: 'PANEL_HOST_UNKNOWN', detail: 'Connect it' }]
  const stranger = createPanelSession(zoomWith(), 'of a stranger')
  await t.rejects(stranger.ask('/v1/panel'), new ApiProblem(403, 'PANEL_HOST_UNKNOWN', 'Connect it'))
  await t.rejects(createPanelSession(zoomWith(), null).ask('/v1/panel'), { code: 'PANEL_NOT_IN_ZOOM' })
})
