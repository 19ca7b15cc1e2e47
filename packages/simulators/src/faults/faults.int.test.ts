import t from 'tap'
import type { Test } from 'tap'
import { createSimulators } from '../simulators.ts'
import type { FaultRule } from './fault-rule.ts'

const start = async (test: Test) => {
  const { app, state } = await createSimulators()
  test.teardown(() => app.close())
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const control = (method: string, path: string, body?: unknown) =>
    fetch(`${url}/_control${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    })
  const post = (text: string, timeoutMs = 5000) =>
    fetch(`${url}/slack/services/T000/B000/XXXX`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
      signal: AbortSignal.timeout(timeoutMs)
    })
  return { state, control, post }
}

await t.test('the vendor answers a failure in its own words, as often as the rule says', async (t) => {
  const { control, post, state } = await start(t)
  const rule: FaultRule = { vendor: 'slack', kind: '429', count: 1, retryAfterSeconds: 7 }
  t.equal((await control('PUT', '/faults', [rule])).status, 200)
  const limited = await post('one')
  t.equal(limited.status, 429)
  t.equal(limited.headers.get('retry-after'), '7')
  t.equal(await limited.text(), 'rate_limited')
  t.equal(await (await post('two')).text(), 'ok')
  t.strictSame(
    state.slack.list().map(({ text }) => text),
    ['two']
  )
  t.match(await (await control('GET', '/faults')).json(), { rules: [{ id: 'rule-0', seen: 2, hits: 1 }] })
})

await t.test('a fault after the work leaves the work done and the client without an answer', async (t) => {
  const { control, post, state } = await start(t)
  await control('PUT', '/faults', { rules: [{ vendor: 'slack', kind: 'drop-after', count: 1 }] })
  await t.rejects(post('dropped'))
  await control('PUT', '/faults', [{ vendor: 'slack', kind: 'timeout-after', count: 1 }])
  await t.rejects(post('timed out', 100))
  t.equal(state.slack.list().length, 2)
  t.match(state.journal.list({ vendor: 'slack' }), [
    { status: 200, fault: 'drop-after', answered: false },
    { status: 200, fault: 'timeout-after', answered: false }
  ])
})

await t.test('a fault before the work leaves nothing done', async (t) => {
  const { control, post, state } = await start(t)
  const rules: FaultRule[] = [
    { vendor: 'slack', kind: 'reset', count: 1 },
    { vendor: 'slack', kind: 'timeout-before', delayMs: 10, count: 1 },
    { vendor: 'slack', kind: 'error', code: 'channel_is_archived', count: 1 }
  ]
  await control('PUT', '/faults', rules)
  await t.rejects(post('reset'))
  await t.rejects(post('timed out'))
  const archived = await post('archived')
  t.equal(archived.status, 410)
  t.equal(await archived.text(), 'channel_is_archived')
  t.strictSame(state.slack.list(), [])
  t.strictSame(
    state.journal.counts().map(({ status, fault, count }) => ({ status, fault, count })),
    [
      { status: null, fault: 'reset', count: 1 },
      { status: null, fault: 'timeout-before', count: 1 },
      { status: 410, fault: 'error channel_is_archived', count: 1 }
    ]
  )
})

await t.test('which calls are hit depends on the seed alone', async (t) => {
  const run = async (seed: string) => {
    const { control, post } = await start(t)
    await control('PUT', '/faults', [{ vendor: '*', kind: ['429', '500'], probability: 0.4, seed }])
    const statuses: number[] = []
    for (let call = 0; call < 30; call += 1) statuses.push((await post('x')).status)
    return statuses
  }
  const first = await run('a')
  t.strictSame(await run('a'), first)
  t.notSame(await run('b'), first)
  t.strictSame([...new Set(first)].sort(), [200, 429, 500])
})

await t.test('rules are checked, added, and removed one by one', async (t) => {
  const { control, post, state } = await start(t)
  t.equal((await control('PUT', '/faults', [{ vendor: 'nobody', kind: '429' }])).status, 400)
  t.equal((await control('POST', '/faults', { id: 'mine', vendor: 'slack', kind: '503', route: '/T999/' })).status, 200)
  t.equal((await post('another route')).status, 200)
  t.equal((await control('DELETE', '/faults/mine')).status, 200)
  t.equal((await control('DELETE', '/faults/mine')).status, 404)
  await control('POST', '/faults', { vendor: 'slack', kind: 'fenced' })
  t.equal((await post('answer faults pass by other vendors')).status, 200)
  t.equal((await control('POST', '/reset')).status, 200)
  t.strictSame([state.faults.list(), state.slack.list(), state.journal.list()], [[], [], []])
})
