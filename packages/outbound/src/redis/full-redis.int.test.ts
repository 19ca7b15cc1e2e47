import { eventually, isolatedRedis } from '@leadlog/testing'
import { Redis } from 'ioredis'
import t from 'tap'
import { createBudget } from '../budget/budget.ts'
import { silentLogger } from '../logger.ts'
import { singleFlightToken } from '../token/single-flight-token.ts'

void t.test(
  'a Redis without memory is gone on without: calls are made, tokens fetched, and it is shared again',
  async (t) => {
    const server = await isolatedRedis(t)
    const redis = new Redis(server.url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, lazyConnect: true })
    redis.on('error', () => undefined)
    await redis.connect()
    t.teardown(() => redis.disconnect())
    const lines: { message: string; reason: string }[] = []
    const logger = {
      ...silentLogger,
      warn: (fields: object, message: string) =>
        lines.push({ message, reason: String((fields as { err?: Error }).err) })
    }
    const budget = createBudget({ vendor: 'zoho', account: 'eu', perMinute: 6_000, redis, logger })
    t.teardown(() => budget.close())
    await budget.acquire('live')
    t.equal(budget.snapshot().mode, 'shared')

    await redis.config('SET', 'maxmemory-policy', 'noeviction')
    await redis.config('SET', 'maxmemory', '1')
    await t.rejects(redis.set('anything', '1'), /OOM/)
    await Promise.all(Array.from({ length: 20 }, () => budget.acquire('live')))
    t.equal(budget.snapshot().mode, 'local', 'twenty calls were allowed, by this process alone')
    t.match(lines, [{ message: /the budget is not shared: this process keeps to its own part/, reason: /OOM/ }])
    let asked = 0
    const token = singleFlightToken({
      vendor: 'zoho',
      credentials: 'c',
      redis,
      seal: { seal: (text) => Promise.resolve(text), open: (sealed) => Promise.resolve(sealed) },
      refresh: () => Promise.resolve({ value: `t${String(++asked)}`, expiresInMs: 3_600_000, details: {} })
    })
    t.match(await Promise.all([token.get(), token.get()]), [{ value: 't1' }, { value: 't1' }])

    await redis.config('SET', 'maxmemory', '0')
    await eventually(async () => {
      await budget.acquire('live')
      return budget.snapshot().mode === 'shared'
    })
    t.ok(budget.snapshot().minute.used >= 21, 'what was used alone is charged')
  }
)
