import { WriteQueued } from '@leadlog/contracts'
import { createStory, person } from '@leadlog/gateway/stories'
import { createBudget } from '@leadlog/outbound'
import { readAccounts } from '@leadlog/outbound/forecast'
import { eventually, isolatedRedis } from '@leadlog/testing'
import { Redis } from 'ioredis'
import { t } from 'tap'
import { runInTest } from '../fixtures/run-in-test.ts'
import { toldSystem } from '../fixtures/told-system.ts'

void t.test('budgets shows use, what waits in processes and in the log, and says what the quota leaves', async (t) => {
  const [system, server] = await Promise.all([toldSystem(t), isolatedRedis(t)])
  const redis = new Redis(server.url)
  t.teardown(() => redis.disconnect())
  const environment = { ...system.environment, REDIS_URL: server.url }
  const empty = await runInTest(['budgets'], { environment })
  t.match(empty, { exitCode: 0, stdout: 'No process keeps a budget in this Redis.\n' })

  const zoho = createBudget({ vendor: 'zoho', account: 'eu', perMinute: 60, burst: 10, perDay: 40, redis })
  const openai = createBudget({ vendor: 'openai', account: 'gpt', perMinute: 60, redis })
  t.teardown(() => {
    zoho.close()
    openai.close()
  })
  for (let call = 0; call < 5; call++) await zoho.acquire('live')
  await eventually(async () => (await readAccounts(redis)).length === 2)
  const json = (await runInTest(['budgets', '--json'], { environment })).json()
  t.match(json, [
    { vendor: 'openai', account: 'gpt', day: { used: 0, limit: null }, words: ['nothing waits'] },
    {
      vendor: 'zoho',
      account: 'eu',
      minute: { used: 5, limit: 60, sustained: 50 },
      day: { used: 5, limit: 40, share: 0.125 }
    }
  ])

  const story = createStory('2026-11-18T09:00:00.000Z')
  const cause = story.webhook({ externalId: 'https://api.calendly.com/ada' })
  for (let i = 0; i < 400; i++) {
    const { personId } = person(`Ada${String(i)}`, 'Lovelace')
    const record = { recordId: personId, leadId: personId, personId, provider: 'zoho' as const, module: 'Leads' }
    story.emit(
      WriteQueued,
      personId,
      { ...record, writeId: `w${String(i)}`, lane: 'bulk', causeId: `c${String(i)}` },
      cause
    )
  }
  await system.tell(story.events)
  await system.level()
  const run = await runInTest(['budgets', '--vendor', 'zoho'], { environment })
  t.equal(run.exitCode, 1)
  t.match(run.stdout, /^zoho eu {2}\d of 60 calls in the last minute, 5 of 40 in 24 h/)
  t.match(run.stdout, /bulk\s+40\s+0\s/, '400 records, ten to a credit')
  t.match(run.stdout, /^bulk stands still: 90 % of the day's quota .* before its 40 calls that wait are done/m)
  t.notMatch(run.stdout, 'openai')
})

void t.test('without Redis, or with one that is away, budgets says what to do', async (t) => {
  t.match(await runInTest(['budgets']), { exitCode: 6, stderr: /REDIS_URL/ })
  const server = await isolatedRedis(t)
  await server.kill()
  t.match(await runInTest(['budgets'], { environment: { REDIS_URL: server.url } }), {
    exitCode: 5,
    stderr: /Redis cannot be reached/
  })
})
