import { Redis } from 'ioredis'
import t from 'tap'
import { isolatedRedis, testRedis } from '../index.ts'

void t.test("a test's keys are deleted when it ends, others stay", async (t) => {
  const outer = await testRedis(t)
  const redis = new Redis(outer.url)
  t.teardown(() => redis.disconnect())
  await redis.set(`${outer.prefix}stays`, '1')
  let inner = ''
  await t.test('sets a key', async (t) => {
    const { prefix } = await testRedis(t)
    inner = prefix
    await redis.set(`${prefix}goes`, '1')
  })
  t.equal(await redis.exists(`${inner}goes`), 0)
  t.equal(await redis.exists(`${outer.prefix}stays`), 1)
})

void t.test('a stopped server comes back with its keys', async (t) => {
  const server = await isolatedRedis(t)
  const first = new Redis(server.url)
  await first.set('a', '1')
  first.disconnect()
  await server.restart()
  const second = new Redis(server.url)
  t.equal(await second.get('a'), '1')
  second.disconnect()
})
