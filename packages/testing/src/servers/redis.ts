import { startRedis, type LocalServer } from '@leadlog/local/servers'
import { Redis } from 'ioredis'
import type { TestContext } from '../test-context.ts'
import { containerUrl } from './container-url.ts'
import { isolatedServer } from './isolated-server.ts'
import { sharedServer } from './shared-server.ts'
import { uniqueName } from './unique-name.ts'

export interface TestRedis {
  url: string
  /** Keys that begin with it belong to this test alone and are deleted when it ends. Like `t3f9a01b2c4:`. */
  prefix: string
}

const ADVICE = 'install redis-server or valkey-server'

const sharedRedis = sharedServer({
  variable: 'TEST_REDIS_URL',
  container: () => containerUrl({ image: 'redis:8', port: 6379, scheme: 'redis', command: [] }),
  local: (dataDir) => startRedis({ dataDir, background: true }),
  advice: ADVICE
})

/** A Redis shared with other tests, and a key prefix of this test's own. */
export async function testRedis(t: TestContext): Promise<TestRedis> {
  const url = await sharedRedis()
  const prefix = `${uniqueName()}:`
  t.teardown(() => deleteKeys(url, prefix))
  return { url, prefix }
}

/** A Redis of this test's own, to be killed and restarted. */
export async function isolatedRedis(t: TestContext): Promise<LocalServer> {
  const server = await isolatedServer(t, (dataDir) => startRedis({ dataDir, background: true }))
  if (server === undefined) throw new Error(ADVICE)
  return server
}

async function deleteKeys(url: string, prefix: string): Promise<void> {
  const redis = new Redis(url)
  try {
    for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 500 })) {
      if ((keys as string[]).length > 0) await redis.del(...(keys as string[]))
    }
  } finally {
    redis.disconnect()
  }
}
