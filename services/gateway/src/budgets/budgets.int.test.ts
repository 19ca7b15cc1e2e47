import { WriteQueued } from '@leadlog/contracts'
import { createBudget } from '@leadlog/outbound'
import { readAccounts } from '@leadlog/outbound/forecast'
import { eventually, isolatedRedis, testRedis } from '@leadlog/testing'
import { Redis } from 'ioredis'
import t from 'tap'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'

void t.test('budgets come with a forecast over what processes and the log hold', async (t) => {
  const { url, prefix: keyPrefix } = await testRedis(t)
  const redis = new Redis(url)
  t.teardown(() => redis.disconnect())
  const budgets = [
    createBudget({ vendor: 'zoho', account: 'eu', perMinute: 110, burst: 10, perDay: 1_000, redis, keyPrefix }),
    createBudget({ vendor: 'gemini', account: 'flash', perMinute: 60, redis, keyPrefix })
  ]
  t.teardown(() => budgets.forEach((budget) => budget.close()))
  await budgets[0]?.acquire('live', 3)
  await eventually(async () => (await readAccounts(redis, { keyPrefix })).length === 2)
  const handlerBacklog = (_service: string, handler: string) => Promise.resolve(handler === 'read-bookings' ? 25 : 0)
  const gateway = await testGateway(t, { deps: { budgets: { redis, keyPrefix, handlerBacklog } } })

  const story = createStory('2026-11-18T09:00:00.000Z')
  const cause = story.webhook({ externalId: 'https://api.calendly.com/ada' })
  for (let i = 0; i < 55; i++) {
    const { personId } = person(`Ada${String(i)}`, 'Lovelace')
    const record = { recordId: personId, leadId: personId, personId, provider: 'zoho' as const, module: 'Leads' }
    story.emit(
      WriteQueued,
      personId,
      { ...record, writeId: `w${String(i)}`, lane: 'bulk', causeId: `c${String(i)}` },
      cause
    )
  }
  await gateway.tell(story.events)
  const { status, body } = await gateway.get('/v1/budgets')
  t.equal(status, 200)
  const { shared, data } = body as {
    shared: boolean
    data: { vendor: string; lanes: { lane: string; waiting: number }[]; words: string[] }[]
  }
  t.equal(shared, true)
  t.match(data, [
    { vendor: 'gemini', day: { limit: null, share: null } },
    { vendor: 'zoho', minute: { used: 3, limit: 110, sustained: 100 }, day: { used: 3, limit: 1_000, share: 0.003 } }
  ])
  t.same(
    data.map(({ lanes }) => lanes.filter(({ waiting }) => waiting > 0).map(({ lane, waiting }) => [lane, waiting])),
    [[['live', 25]], [['bulk', 6]]],
    'reads of a model by message; records by the ten'
  )
  t.match(data[1]?.words[0], /^bulk done at \d\d:\d\d.*, 1 % of t/)
  t.match(await gateway.get('/v1/budgets?vendor=zoho'), { status: 400, body: { code: 'QUERY_INVALID' } })
  t.match(await gateway.get('/v1/budgets', { authorization: '' }), { status: 401 })
})

void t.test('without Redis nothing is shared; while it is away the answer says so', async (t) => {
  const alone = await testGateway(t)
  t.same((await alone.get('/v1/budgets')).body, { shared: false, data: [] })
  const server = await isolatedRedis(t)
  const redis = new Redis(server.url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, retryStrategy: () => 50 })
  redis.on('error', () => undefined)
  t.teardown(() => redis.disconnect())
  await server.kill()
  const handlerBacklog = () => Promise.resolve(0)
  const away = await testGateway(t, { deps: { budgets: { redis, handlerBacklog } } })
  t.match(await away.get('/v1/budgets'), { status: 503, body: { code: 'BUDGETS_AWAY' } })
})
