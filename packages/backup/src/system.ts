import { assertServerVersion, connectToServers, createNaming, type Naming } from '@leadlog/event-log'
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'

/** Where a Leadlog runs. */
export interface SystemAddress {
  /** Comma-separated NATS URLs. */
  readonly natsUrl: string
  /** As `NATS_PREFIX` of the services; '' (the default) in production. */
  readonly prefix?: string | undefined
  readonly databaseUrl: string
}

export interface OpenNats {
  readonly connection: NatsConnection
  readonly manager: JetStreamManager
  readonly naming: Naming
  readonly version: string
}

/**
 * Gives the work a connection to the system's NATS server.
 *
 * @throws TransientError EVENT_LOG_CONNECT_FAILED; PermanentError EVENT_LOG_SERVER_TOO_OLD
 */
export async function withNats<T>(
  { natsUrl, prefix }: Pick<SystemAddress, 'natsUrl' | 'prefix'>,
  work: (nats: OpenNats) => Promise<T>
): Promise<T> {
  const connection = await connectToServers({ servers: natsUrl, name: 'leadlog-backup', reconnect: false })
  try {
    const version = connection.info?.version ?? '0.0.0'
    assertServerVersion(version, connection.getServer())
    const manager = await jetstreamManager(connection, { checkAPI: false })
    return await work({ connection, manager, naming: createNaming(prefix), version })
  } finally {
    await connection.close()
  }
}
