import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { TransientError } from '@leadlog/contracts'
import { createLogger } from '@leadlog/service'
import { eventually, testDatabase } from '@leadlog/testing'
import { sql } from 'kysely'
import t from 'tap'
import { openScopedReads, type ScopedReads } from '../database/scoped-reads.ts'
import { giveUp } from '../fixtures/failure-story.ts'
import { createStory } from '../fixtures/story.ts'
import { API_KEY, testGateway, type TestGateway } from '../fixtures/test-gateway.ts'
import type { DoWork } from './work-runner.ts'
import { MAX_PROGRESS_STREAMS } from './work.routes.ts'
import type { WorkAnswer } from './work.schema.ts'

const KEY = { 'idempotency-key': 'one' }

/** A gateway with three dead letters of one kind, whose redrives are done so. */
async function withLetters(
  t: Parameters<typeof testGateway>[0],
  redrive: DoWork,
  options: Parameters<typeof testGateway>[1] = {}
) {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const letters = ['one', 'two', 'three'].map((externalId) => giveUp(story, story.webhook({ externalId }), 3))
  const fingerprint = (letters[0]?.data as { fingerprint: string }).fingerprint
  const gateway = await testGateway(t, { doers: { redrive }, ...options })
  await gateway.tell(story.events)
  const ask = (body: object, headers: Record<string, string> = KEY) =>
    gateway.post('/v1/redrives', { fingerprint, ...body }, headers)
  return { gateway, letters, ask, fingerprint, until: lookUntil(gateway) }
}

function aborted(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => signal.addEventListener('abort', resolve))
}

/** Looks at a redrive until it is so. */
function lookUntil(gateway: TestGateway) {
  return (id: string, isSo: (work: WorkAnswer) => boolean): Promise<WorkAnswer> =>
    eventually(async () => {
      const { status, body } = await gateway.get(`/v1/redrives/${id}`)
      if (status !== 200 || !isSo(body as WorkAnswer)) throw new Error(JSON.stringify(body))
      return body as WorkAnswer
    })
}

const isRunning = ({ state }: WorkAnswer): boolean => state === 'running'
const hasEnded = ({ state }: WorkAnswer): boolean => state !== 'running'

void t.test('what an operator starts is told while it runs and when it ended', async (t) => {
  const end = Promise.withResolvers<undefined>()
  const orders: unknown[] = []
  const { gateway, letters, ask, until } = await withLetters(t, async ({ order, progress, signal }) => {
    orders.push(order)
    progress({ phase: 'canary', done: 1, total: 2, perSecond: null, targets: [] })
    await Promise.race([end.promise, aborted(signal)])
    return { state: 'done', result: { resolved: 2 } }
  })
  const started = await ask({ most: 2 })
  t.match(started, { status: 202, headers: { location: /^\/v1\/redrives\/[0-9a-f-]{36}$/ } })
  const { id, after } = started.body as { id: string; after: number }
  const path = `/v1/redrives/${id}`
  t.match(await until(id, ({ progress }) => progress !== null), {
    state: 'running',
    progress: { phase: 'canary', done: 1 }
  })
  t.match((await gateway.get(`${path}?after=${String(after)}`)).body, {
    kind: 'redrive',
    startedBy: 'API key default',
    endedAt: null
  })
  t.same(
    (orders as { letters: { id: string }[] }[])[0]?.letters.map((letter) => letter.id),
    letters.slice(0, 2).map((letter) => letter.id),
    'the oldest two'
  )
  t.match(await ask({ most: 2 }), { status: 202, body: { id }, headers: { 'idempotency-replayed': 'true' } })
  t.match(await ask({ most: 3 }), { status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } })
  end.resolve(undefined)
  t.match(await until(id, hasEnded), { state: 'done', result: { resolved: 2 }, progress: null })
  t.match((await gateway.get(path)).body, { follows: null, order: { letters: { length: 2 } } })
  const list = (await gateway.get('/v1/redrives')).body
  t.match(list, { data: [{ id, order: undefined }], nextCursor: null })
  const watched = await gateway.get(`${path}/progress`)
  t.match(watched.body, /^event: end$/m)
  t.notMatch(watched.body, /letters/, 'a thousand letters are not told over and over')
  t.match(await gateway.post(`${path}/cancel`, {}), { status: 409, body: { code: 'WORK_ENDED' } })
  t.equal(orders.length, 1, 'it was done once')
})

void t.test('it can be cancelled, and says what was done until then', async (t) => {
  const { gateway, ask, until } = await withLetters(t, async ({ signal }) => {
    while (!signal.aborted) await delay(5)
    return { state: 'stopped', code: null, message: null, result: { resolved: 1 } }
  })
  const { id } = (await ask({})).body as { id: string }
  t.equal((await gateway.post(`/v1/redrives/${id}/cancel`, {})).status, 202)
  t.match(await until(id, hasEnded), { state: 'stopped', cancelledBy: 'API key default', result: { resolved: 1 } })
})

void t.test('what a process leaves behind is taken up by the next one; what is away is waited for', async (t) => {
  let runs = 0
  const first = await withLetters(t, async ({ signal }) => {
    while (!signal.aborted) await delay(5)
    throw new TransientError('AWAY', 'the process stops')
  })
  const { id } = (await first.ask({})).body as { id: string }
  await first.until(id, isRunning)
  await first.gateway.deps.work.runner.stop()
  t.match(await first.until(id, isRunning), { endedAt: null }, 'stopping a process ends no work')

  const second = await testGateway(t, {
    databaseUrl: first.gateway.url,
    log: first.gateway.log,
    doers: {
      redrive: () => {
        runs += 1
        if (runs === 1) return Promise.reject(new TransientError('AWAY', 'not yet'))
        return Promise.resolve({ state: 'done', result: {} })
      }
    }
  })
  t.match(await lookUntil(second)(id, hasEnded), { state: 'done' })
  t.equal(runs, 2)
})

void t.test('work whose lock is lost is left, and taken up once it is held again', async (t) => {
  let runs = 0
  const { gateway, ask, until } = await withLetters(t, async ({ signal }) => {
    runs += 1
    if (runs === 1) {
      await aborted(signal)
      return { state: 'stopped', code: null, message: null, result: null }
    }
    return { state: 'done', result: { runs } }
  })
  const { id } = (await ask({})).body as { id: string }
  await eventually(() => runs === 1)
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'leadlog-gateway-work'`.execute(gateway.deps.db)
  t.match(await until(id, hasEnded), { state: 'done', result: { runs: 2 } })
})

void t.test('nothing is looked up for who watches no more, also where they went during a look', async (t) => {
  const { url } = await testDatabase(t)
  const real = openScopedReads({ url, logger: createLogger({ service: 'gateway', level: 'silent' }) })
  t.teardown(() => real.close())
  let looks = 0
  let gate = Promise.resolve()
  const reads: ScopedReads = {
    ...real,
    as: async (scope, read) => {
      looks += 1
      await gate
      return real.as(scope, read)
    }
  }
  const { gateway, ask, until } = await withLetters(
    t,
    async ({ signal }) => {
      await aborted(signal)
      return { state: 'stopped', code: null, message: null, result: null }
    },
    { databaseUrl: url, deps: { reads } }
  )
  const { id } = (await ask({})).body as { id: string }
  await until(id, isRunning)
  await gateway.app.listen({ host: '127.0.0.1', port: 0 })
  const { server } = gateway.app
  const leaving = new AbortController()
  const answer = await fetch(
    `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1/redrives/${id}/progress`,
    { headers: { authorization: `Bearer ${API_KEY}` }, signal: leaving.signal }
  )
  t.equal(answer.status, 200)
  const held = Promise.withResolvers<undefined>()
  gate = held.promise.then(() => undefined)
  const before = looks
  await eventually(() => looks > before)
  leaving.abort()
  await eventually(
    () => new Promise<boolean>((resolve) => server.getConnections((_error, count) => resolve(count === 0)))
  )
  const last = looks
  held.resolve(undefined)
  await delay(1_200)
  t.equal(looks, last, 'two more looks would have come by now')
})

void t.test('watching ends with the session that allowed it; too many who watch are told so', async (t) => {
  const { gateway, ask, until } = await withLetters(
    t,
    async ({ signal }) => {
      await aborted(signal)
      return { state: 'stopped', code: null, message: null, result: null }
    },
    { deps: { streamCheckMs: 5 } }
  )
  const { id } = (await ask({})).body as { id: string }
  await until(id, isRunning)
  await gateway.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = gateway.app.server.address() as AddressInfo
  const watch = (headers: Record<string, string>) =>
    fetch(`http://127.0.0.1:${String(port)}/v1/redrives/${id}/progress`, { headers })
  const mia = await gateway.signedIn('mia@own.example', 'manager')
  const hers = await watch({ cookie: [...mia.cookies].map(([name, value]) => `${name}=${value}`).join('; ') })
  t.equal(hers.status, 200)
  t.equal((await mia.post('/v1/sign-out')).status, 204)
  t.notMatch(await hers.text(), /event: end/, 'it ends, the work does not')

  const watching = []
  for (let count = 0; count < MAX_PROGRESS_STREAMS; count++) {
    watching.push(await watch({ authorization: `Bearer ${API_KEY}` }))
  }
  const refused = await watch({ authorization: `Bearer ${API_KEY}` })
  t.equal(refused.status, 503)
  t.match(await refused.json(), { code: 'STREAMS_EXHAUSTED' })
  for (const { body } of watching) await body?.cancel()
})

void t.test('a failure ends it with a reason that says nothing of the inside', async (t) => {
  const { ask, until } = await withLetters(t, () => Promise.reject(new Error('secret of the inside')))
  const { id } = (await ask({})).body as { id: string }
  const failed = await until(id, hasEnded)
  t.match(failed, { state: 'failed', code: 'WORK_FAILED' })
  t.notMatch(JSON.stringify(failed), /secret/)
})

void t.test('nothing is started that makes no sense, or by who may not', async (t) => {
  const { gateway, ask, fingerprint, until } = await withLetters(t, () =>
    Promise.resolve({ state: 'done', result: {} })
  )
  t.match(await ask({ fingerprint: 'none' }), { status: 409, body: { code: 'REDRIVE_EMPTY' } })
  t.match(await ask({}, {}), { status: 400, body: { code: 'IDEMPOTENCY_KEY_MISSING' } })
  t.match(await ask({ most: 0 }), { status: 400 })
  t.match(await gateway.get('/v1/redrives/none'), { status: 404, body: { code: 'WORK_UNKNOWN' } })
  t.match(await gateway.post('/v1/redrives/none/cancel', {}), { status: 404, body: { code: 'WORK_UNKNOWN' } })
  const issued = await gateway.post('/v1/api-keys', { name: 'blind', scopes: ['command:*'], expiresInDays: null })
  const blind = { ...KEY, authorization: `Bearer ${(issued.body as { key: string }).key}` }
  t.match(await ask({}, blind), { status: 403, body: { code: 'COMMANDS_NOT_ALLOWED' } }, 'what it may not read')
  const manager = await gateway.signedIn('mia@own.example', 'manager')
  const answer = await manager.request('POST', '/v1/redrives', { fingerprint }, KEY)
  t.equal(answer.status, 202, JSON.stringify(answer.body))
  const { id } = answer.body as { id: string }
  t.match(await until(id, hasEnded), { startedBy: 'mia@own.example' }, 'people have names')
})
