import { PermanentError, TransientError } from '@leadlog/contracts'
import { fakeClock, isolatedRedis, testRedis, type TestContext } from '@leadlog/testing'
import { Redis } from 'ioredis'
import t from 'tap'
import { singleFlightToken, type TokenOptions } from './single-flight-token.ts'

const seal = {
  seal: (text: string) => Promise.resolve(`sealed:${Buffer.from(text).toString('base64')}`),
  open: (sealed: string) => Promise.resolve(Buffer.from(sealed.slice(7), 'base64').toString())
}

async function client(t: TestContext, url: string): Promise<Redis> {
  const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, lazyConnect: true })
  redis.on('error', () => undefined)
  t.teardown(() => redis.disconnect())
  await redis.connect()
  return redis
}

/** A vendor that hands out `t1`, `t2`, …, or fails as it is told. */
function accounts() {
  const vendor = { asked: 0, fails: undefined as Error | undefined }
  const refresh = async () => {
    const number = ++vendor.asked
    await new Promise(setImmediate)
    if (vendor.fails) throw vendor.fails
    return { value: `t${String(number)}`, expiresInMs: 3_600_000, details: { api_domain: 'https://x' } }
  }
  return { vendor, refresh }
}

async function setUp(t: TestContext) {
  const { url, prefix: keyPrefix } = await testRedis(t)
  const clock = fakeClock('2026-11-18T10:00:00Z')
  const { vendor, refresh } = accounts()
  /** A process of its own. */
  const token = async (options: Partial<TokenOptions> = {}) =>
    singleFlightToken({
      vendor: 'zoho',
      credentials: 'client refresh-token',
      redis: await client(t, url),
      keyPrefix,
      seal,
      refresh,
      clock: () => clock.now(),
      ...options
    })
  return { url, keyPrefix, clock, vendor, token }
}

void t.test('many callers in several processes cause one refresh, sealed where it is shared', async (t) => {
  const { url, keyPrefix, vendor, token } = await setUp(t)
  const processes = await Promise.all([token(), token(), token()])
  const tokens = await Promise.all(processes.flatMap((one) => Array.from({ length: 5 }, () => one.get())))
  t.same(new Set(tokens.map(({ value }) => value)), new Set(['t1']))
  t.same(tokens[0]?.details, { api_domain: 'https://x' })
  t.equal(vendor.asked, 1)
  t.equal((await (await token()).get()).value, 't1', 'a process that starts later asks nobody')
  t.equal((await (await token({ credentials: 'others' })).get()).value, 't2')

  const redis = await client(t, url)
  const keys = await redis.keys(`${keyPrefix}*`)
  t.equal(keys.length, 2)
  for (const key of keys) t.match(await redis.get(key), /^sealed:/)
})

void t.test('a token is replaced before its end, once for all; a failure then leaves the old one in use', async (t) => {
  const { clock, vendor, token } = await setUp(t)
  const [first, second] = [await token(), await token()]
  await Promise.all([first.get(), second.get()])
  clock.advance(3_600_000 - 300_000 * 1.2 - 1)
  t.equal((await first.get()).value, 't1')
  clock.advance(60_001)
  vendor.fails = new TransientError('OUTBOUND_UNREACHABLE', 'away')
  t.equal((await first.get()).value, 't1')
  t.equal((await second.get()).value, 't1')
  t.equal(vendor.asked, 2, 'the failure is remembered')
  vendor.fails = undefined
  clock.advance(3_001)
  t.same([(await first.get()).value, (await second.get()).value], ['t3', 't3'])
  t.equal(vendor.asked, 3)
})

void t.test('a refused token is replaced once, and not again when the new one is refused too', async (t) => {
  const { clock, vendor, token } = await setUp(t)
  const [first, second] = [await token(), await token()]
  await Promise.all([first.get(), second.get()])
  const invalid = new PermanentError('ZOHO_INVALID_TOKEN', 'refused')
  const refusing = (bad: readonly string[]) => (token: { value: string }) =>
    bad.includes(token.value) ? Promise.reject(invalid) : Promise.resolve(token.value)
  const wasRefused = (error: unknown): boolean => error === invalid

  const used = await Promise.all([1, 2, 3].map(() => first.use(refusing(['t1']), wasRefused)))
  t.same(used, ['t2', 't2', 't2'])
  t.equal(await second.use(refusing(['t1']), wasRefused), 't2')
  t.equal(vendor.asked, 2)

  await t.rejects(first.use(refusing(['t1', 't2']), wasRefused), { code: 'OUTBOUND_TOKEN_REFUSED' })
  await t.rejects(second.use(refusing(['t1', 't2']), wasRefused), { code: 'OUTBOUND_TOKEN_REFUSED' })
  t.equal(vendor.asked, 2)
  clock.advance(300_001)
  t.equal(await first.use(refusing(['t1', 't2']), wasRefused), 't3')
})

void t.test('wrong credentials are asked for once in ten minutes, by all processes together', async (t) => {
  const { clock, vendor, token } = await setUp(t)
  vendor.fails = new PermanentError('ZOHO_INVALID_CODE', 'The refresh token is not valid. Make a new one.')
  const expected = { name: 'PermanentError', code: 'ZOHO_INVALID_CODE', message: /Make a new one/ }
  for (let restart = 0; restart < 4; restart++) await t.rejects((await token()).get(), expected)
  t.equal(vendor.asked, 1)
  clock.advance(600_001)
  await t.rejects((await token()).get(), expected)
  t.equal(vendor.asked, 2)
  vendor.fails = undefined
  t.equal((await (await token({ credentials: 'mended' })).get()).value, 't3')
})

void t.test('a throttled vendor is left alone for as long as it says', async (t) => {
  const { clock, vendor, token } = await setUp(t)
  vendor.fails = new TransientError('OUTBOUND_RATE_LIMITED', 'too many', { retryAfterMs: 60_000 })
  const one = await token()
  await t.rejects(one.get(), { code: 'OUTBOUND_RATE_LIMITED' })
  clock.advance(59_000)
  await t.rejects((await token()).get(), { code: 'OUTBOUND_RATE_LIMITED', retryAfterMs: 1_000 })
  t.equal(vendor.asked, 1)
})

void t.test('who loses the lock while refreshing takes the token of who had it then', async (t) => {
  const { url, keyPrefix, token } = await setUp(t)
  const redis = await client(t, url)
  const other = await token({ refresh: () => Promise.resolve({ value: 'theirs', expiresInMs: 3_600_000 }) })
  const slow = await token({
    async refresh() {
      const [lock] = await redis.keys(`${keyPrefix}*:lock`)
      await redis.del(lock ?? '')
      await other.get()
      return { value: 'mine', expiresInMs: 3_600_000 }
    }
  })
  t.equal((await slow.get()).value, 'theirs')
})

void t.test('without Redis each process refreshes for itself, one at a time', async (t) => {
  const server = await isolatedRedis(t)
  const redis = await client(t, server.url)
  await server.kill()
  const { vendor, refresh } = accounts()
  const options = { vendor: 'zoho', credentials: 'c', seal, refresh }
  const [away, none] = [singleFlightToken({ ...options, redis }), singleFlightToken(options)]
  const tokens = await Promise.all([away.get(), away.get(), none.get(), none.get()])
  t.equal(vendor.asked, 2)
  t.equal(new Set(tokens.map(({ value }) => value)).size, 2)
})
