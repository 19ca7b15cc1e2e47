import { connect } from '@nats-io/transport-node'
import { Redis } from 'ioredis'
import pg from 'pg'

/** `nats-server 2.15.1`. */
export async function natsVersion(url: string): Promise<string> {
  const connection = await connect({ servers: url })
  const version = connection.info?.version ?? 'unknown'
  await connection.close()
  return `nats-server ${version}`
}

/** `Redis 8.2.1`, or the version of Redis that a Valkey stands in for. */
export async function redisVersion(url: string): Promise<string> {
  const client = new Redis(url)
  const info = await client.info('server')
  client.disconnect()
  return `Redis ${/^redis_version:(.*)$/m.exec(info)?.[1]?.trim() ?? 'unknown'}`
}

/** `PostgreSQL 18.4`. */
export async function postgresVersion(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  await client.end()
  return `PostgreSQL ${rows[0]?.server_version ?? 'unknown'}`
}
