import { createLogger } from '@leadlog/service'
import { eventually } from '@leadlog/testing'
import pg from 'pg'
import t from 'tap'
import { bookedLead } from '../fixtures/booking-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'
import type { WorkAnswer } from '../work/work.schema.ts'
import type { WorkSystem } from '../work/worker/open-work-system.ts'
import { inThread } from '../work/worker/in-thread.ts'
import { workTasks } from '../work/worker/work-tasks.ts'
import type { WorkThread } from '../work/worker/work-thread.ts'

const logger = createLogger({ service: 'gateway', level: 'silent' })

/** A gateway with one lead. What a thread would do is done here, on the gateway's own log. */
async function rebuilding(t: Parameters<typeof testGateway>[0]) {
  const holder: { system?: WorkSystem } = {}
  const tries: string[] = []
  const thread: WorkThread = async ({ task, ...given }, { signal, onProgress = () => undefined }) => {
    tries.push(task)
    const run = workTasks[task]
    if (!run || !holder.system) throw new TypeError(`nobody does ${task}`)
    return run(holder.system, { ...given, signal, progress: onProgress })
  }
  const story = createStory('2026-11-18T09:00:00.000Z')
  bookedLead(story, person('Ada', 'Lovelace'), { startsAt: '2026-11-20T10:00:00.000Z' })
  const kinds = ['rebuild', 'swap', 'discard-table', 'roll-back'] as const
  const doers = Object.fromEntries(kinds.map((kind) => [kind, inThread(thread, kind)]))
  const gateway = await testGateway(t, { doers, deps: { thread } })
  const pool = new pg.Pool({ connectionString: gateway.url })
  t.teardown(() => pool.end())
  holder.system = { log: gateway.log, pool, logger } as unknown as WorkSystem
  await gateway.tell(story.events)
  let keys = 0
  const start = async (path: string, body: object = {}) => {
    const answer = await gateway.post(path, body, { 'idempotency-key': `key-${String(++keys)}` })
    if (answer.status !== 202) return answer
    const { id } = answer.body as { id: string }
    const work = await eventually(async () => {
      const { status, body: seen } = await gateway.get(`/v1/rebuilds/${id}`)
      return status === 200 && (seen as WorkAnswer).state !== 'running' ? (seen as WorkAnswer) : null
    })
    return { status: answer.status, body: work }
  }
  return { gateway, pool, start, tries }
}

void t.test('a read model is built anew, compared, swapped in and rolled back by its routes', async (t) => {
  const { gateway, pool, start } = await rebuilding(t)
  await pool.query(`update gateway.leads set company = 'Wrong'`)
  const { body } = await start('/v1/rebuilds', { models: ['gateway-leads'], description: 'a wrong company' })
  const { id } = body as WorkAnswer
  t.match(body, {
    state: 'done',
    description: 'a wrong company',
    result: { models: [{ name: 'gateway-leads', equal: false, changed: 1, changedByColumn: { company: 1 } }] }
  })
  t.notMatch(JSON.stringify(body), /Wrong/, 'what is kept names nobody')
  const path = `/v1/rebuilds/${id}`
  t.match((await gateway.get(`${path}/comparison`)).body, {
    models: [{ changed: 1, samples: [{ kind: 'changed', columns: [{ column: 'company', live: 'Wrong' }] }] }]
  })
  const model = async () =>
    ((await gateway.get('/v1/read-models')).body as { data: { name: string }[] }).data.find(
      ({ name }) => name === 'gateway-leads'
    )
  t.match(await model(), { rebuild: { finishedAt: String }, previous: null })
  t.match(await start(`${path}/swap`), { body: { kind: 'swap', state: 'done', follows: id } })
  t.match(await model(), { rebuild: null, previous: { finishedAt: String } })
  const company = async () =>
    (await pool.query<{ company: string }>('select company from gateway.leads')).rows[0]?.company
  t.not(await company(), 'Wrong')
  t.match(await start(`${path}/swap`), { status: 409, body: { code: 'REBUILD_TABLE_MISSING' } })
  t.match(await start(`${path}/roll-back`), { body: { state: 'done' } })
  t.equal(await company(), 'Wrong', 'as it was before the swap')
})

void t.test('a rebuilt table is discarded; what makes no sense is refused in words', async (t) => {
  const { gateway, start } = await rebuilding(t)
  const { body } = await start('/v1/rebuilds', { models: ['gateway-leads', 'gateway-work'], description: 'to see' })
  t.match(body, { state: 'done', result: { models: { length: 2 } } })
  const path = `/v1/rebuilds/${(body as WorkAnswer).id}`
  t.match(await start(`${path}/discard`), { body: { kind: 'discard-table', state: 'done' } })
  t.match(await gateway.get(`${path}/comparison`), { status: 409, body: { code: 'REBUILD_TABLE_MISSING' } })
  t.match(await start(`${path}/roll-back`), { status: 409, body: { code: 'REBUILD_TABLE_MISSING' } })
  t.match(await start('/v1/rebuilds', { models: ['none'], description: 'x' }), {
    status: 400,
    body: { code: 'READ_MODEL_UNKNOWN' }
  })
  t.equal((await start('/v1/rebuilds', { models: [], description: 'x' })).status, 400)
  t.equal((await start('/v1/rebuilds', { models: ['gateway-leads'] })).status, 400, 'a reason is needed')
})

void t.test('a read model that another process still rebuilds is waited for', async (t) => {
  const { gateway, pool, start, tries } = await rebuilding(t)
  const former = await pool.connect()
  await former.query(`select pg_advisory_lock(hashtextextended('leadlog.projections/rebuild/gateway-leads', 0))`)
  const waiting = start('/v1/rebuilds', { models: ['gateway-leads'], description: 'taken up early' })
  await eventually(async () => {
    const { body } = await gateway.get('/v1/rebuilds')
    return tries.length > 1 && (body as { data: WorkAnswer[] }).data[0]?.state === 'running'
  })
  former.release(true)
  t.match(await waiting, { body: { state: 'done', result: { models: [{ name: 'gateway-leads', equal: true }] } } })
})
