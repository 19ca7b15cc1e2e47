import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { eventually, testRedis } from '@leadlog/testing'
import { Redis } from 'ioredis'
import t from 'tap'
import { createBudget } from '../budget/budget.ts'
import { LANES, laneIndex } from '../budget/lanes.ts'
import { readAccounts } from './read-accounts.ts'
import { reportBudgets } from './report.ts'

/** Another process on the same account: makes so many live calls, then leaves bulk calls waiting until it is ended. */
const OTHER_PROCESS = `
import { Redis } from 'ioredis'
import { createBudget } from ${JSON.stringify(new URL('../budget/budget.ts', import.meta.url).href)}
const { url, keyPrefix } = JSON.parse(process.argv[1])
const redis = new Redis(url)
const budget = createBudget({ vendor: 'zoho', account: 'eu', perMinute: 12, burst: 10, perDay: 100, redis, keyPrefix })
for (let call = 0; call < 4; call++) await budget.acquire('live')
process.stdout.write('used')
for (let call = 0; call < 30; call++) void budget.acquire('bulk')
`

void t.test('two processes use one budget; a third reads it and takes nothing', async (t) => {
  const { url, prefix: keyPrefix } = await testRedis(t)
  const redis = new Redis(url)
  t.teardown(() => redis.disconnect())
  t.same(await readAccounts(redis, { keyPrefix }), [])

  const own = createBudget({ vendor: 'zoho', account: 'eu', perMinute: 12, burst: 10, perDay: 100, redis, keyPrefix })
  t.teardown(() => own.close())
  for (let call = 0; call < 3; call++) await own.acquire('person')
  const other = spawn(
    process.execPath,
    ['--input-type=module', '--eval', OTHER_PROCESS, JSON.stringify({ url, keyPrefix })],
    { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] }
  )
  t.teardown(() => other.kill('SIGKILL'))
  const [said] = (await once(other.stdout, 'data')) as [Buffer]
  t.equal(said.toString(), 'used')

  const waitingBulk = async () => {
    const [state] = await readAccounts(redis, { keyPrefix })
    return state?.waiting[laneIndex('bulk')] ?? 0
  }
  await eventually(async () => (await waitingBulk()) > 20)
  const [state] = await readAccounts(redis, { keyPrefix })
  if (!state) throw new Error('the account is announced')
  const usedDay = state.day.reduce((sum, { count }) => sum + count, 0)
  // Whoever made the calls: persons here, live there, and what of the bulk went with the burst.
  t.equal(usedDay + (state.waiting[laneIndex('bulk')] ?? 0), 3 + 4 + 30)
  t.ok((state.perMinute[laneIndex('person')] ?? 0) > 0 && (state.perMinute[laneIndex('live')] ?? 0) > 0)
  t.match(state.limits, { perMinute: 12, burst: 10, perDay: 100, dayLimits: [100, 100, 100, 90, 80] })

  const dump = async () => {
    const keys = (await redis.keys(`${keyPrefix}*`)).filter(
      (key) => !key.endsWith(':state') && !key.endsWith(':waiting')
    )
    return Promise.all(keys.sort().map(async (key) => [key, await redis.type(key)] as const))
  }
  const before = await dump()
  for (let look = 0; look < 20; look++) await readAccounts(redis, { keyPrefix })
  t.same(await dump(), before, 'no key comes or goes by looking')

  const [report] = reportBudgets([state], [{ vendor: 'zoho', lane: 'bulk', calls: 400 }])
  t.equal(report?.day.used, usedDay)
  t.equal(report?.lanes.length, LANES.length)
  t.match(
    report?.words.join('\n'),
    /^bulk stands still: 90 % of the day's quota will be used up at .* will have to wait for another day$/m
  )
})

void t.test('an account without calls is listed, one that nobody kept for a week is not', async (t) => {
  const { url, prefix: keyPrefix } = await testRedis(t)
  const redis = new Redis(url)
  t.teardown(() => redis.disconnect())
  const budget = createBudget({ vendor: 'openai', account: 'm', perMinute: 60, redis, keyPrefix })
  t.teardown(() => budget.close())
  await eventually(async () => (await readAccounts(redis, { keyPrefix })).length === 1)
  const [report] = reportBudgets(await readAccounts(redis, { keyPrefix }), [])
  t.match(report, { vendor: 'openai', day: { used: 0, limit: null, share: null }, words: ['nothing waits'] })
  const [, text] = Object.entries(await redis.hgetall(`${keyPrefix}budgets`)).flat()
  const old = { ...(JSON.parse(text ?? '{}') as object), announcedAt: Date.now() - 8 * 86_400_000 }
  await redis.hset(`${keyPrefix}budgets`, 'openai:m', JSON.stringify(old))
  t.same(await readAccounts(redis, { keyPrefix }), [])
})
