import path from 'node:path'
import { startPostgres, startRedis } from '@leadlog/local/servers'
import { Redis } from 'ioredis'
import type { BenchContext } from '../core/bench-context.ts'
import { postgresVersion, redisVersion } from '../core/server-versions.ts'
import { MUCH_YOUNG } from '@leadlog/local/services'
import { startWorker } from '../core/worker.ts'
import type { Contestant } from './contestant.ts'
import type { PeerRequests } from './peer-requests.ts'

interface StoreServer {
  readonly url: string
  readonly pid: number
  readonly version: string
}

/** The verifying route that stores nothing: what Fastify and the signature check alone cost. */
export async function bareContestant(context: BenchContext, name: string, signingKey: string): Promise<Contestant> {
  return peer(context, { name, worker: 'bare.worker.ts', signingKey })
}

/** BullMQ on a Redis of its own; undefined where this machine has no Redis. */
export async function bullmqContestant(
  context: BenchContext,
  options: { name: string; signingKey: string; appendfsync: 'always' | 'everysec' }
): Promise<Contestant | undefined> {
  const redis = await startRedis({ dataDir: path.join(context.folder, `redis-${options.appendfsync}`) })
  if (!redis) return undefined
  context.teardown.add(() => redis.stop())
  const client = new Redis(redis.url)
  await client.config('SET', 'appendfsync', options.appendfsync)
  await client.config('SET', 'maxmemory-policy', 'noeviction')
  client.disconnect()
  return peer(context, {
    ...options,
    worker: 'bullmq.worker.ts',
    server: { ...redis, version: await redisVersion(redis.url) }
  })
}

/** pg-boss on a PostgreSQL of its own, which flushes each commit to disk. */
export async function pgBossContestant(context: BenchContext, name: string, signingKey: string): Promise<Contestant> {
  const postgres = await startPostgres({ dataDir: path.join(context.folder, 'postgres') })
  context.teardown.add(() => postgres.stop())
  return peer(context, {
    name,
    worker: 'pg-boss.worker.ts',
    signingKey,
    server: { ...postgres, version: await postgresVersion(postgres.url) }
  })
}

async function peer(
  { teardown }: BenchContext,
  options: { name: string; worker: string; signingKey: string; server?: StoreServer }
): Promise<Contestant> {
  const { name, server } = options
  const worker = startWorker<PeerRequests>(path.join(import.meta.dirname, options.worker), teardown, MUCH_YOUNG)
  const { port } = await worker.call('start', { signingKey: options.signingKey, server: server?.url ?? '' })
  return {
    name,
    port,
    routePid: worker.pid,
    storePid: server?.pid,
    store: server?.version,
    stored: () => worker.call('stored', {})
  }
}
